using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Shows which provider the next command would use, without a request.</summary>
[Cmdlet(VerbsCommon.Get, "TtsService", HelpUri = HelpPages.Root + "Get-TtsService.md")]
[OutputType(typeof(TtsService))]
public sealed class GetTtsServiceCommand : TtsCmdlet
{
    protected override void EndProcessing()
    {
        try
        {
            Connection? session = ServiceCmdlet.Session(SessionState);
            Connection used = session is { IsFailed: true } ? session
                : Connection.Resolve(null, null, session, Environment.GetEnvironmentVariable);
            WriteObject(used.Describe());
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
    }
}
