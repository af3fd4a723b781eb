using System.Management.Automation;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>Removes the connection of Connect-TtsService; the environment's key is used again.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "TtsService", HelpUri = HelpPages.Root + "Disconnect-TtsService.md")]
[OutputType(typeof(void))]
public sealed class DisconnectTtsServiceCommand : TtsCmdlet
{
    protected override void EndProcessing() => ServiceCmdlet.SetSession(SessionState, null);
}
