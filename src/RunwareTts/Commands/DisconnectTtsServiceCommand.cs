using System.Management.Automation;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>Forgets what Connect-TtsService set up; the environment's key counts again.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "TtsService", HelpUri = HelpPages.Root + "Disconnect-TtsService.md")]
[OutputType(typeof(void))]
public sealed class DisconnectTtsServiceCommand : TtsCmdlet
{
    protected override void EndProcessing() => ServiceCmdlet.SetSession(SessionState, null);
}
