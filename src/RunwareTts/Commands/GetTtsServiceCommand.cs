using System.Management.Automation;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>Where speech would come from now. It asks nobody.</summary>
[Cmdlet(VerbsCommon.Get, "TtsService")]
[OutputType(typeof(TtsService))]
public sealed class GetTtsServiceCommand : TtsCmdlet
{
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(new TtsService(Connection.Resolve(null, null, ServiceCmdlet.Session(SessionState), Environment.GetEnvironmentVariable)));
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
    }
}
