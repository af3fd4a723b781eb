using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Providers.Runware;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Chooses for this runspace where speech comes from, and proves that it answers.</summary>
[Cmdlet(VerbsCommunications.Connect, "TtsService", HelpUri = HelpPages.Root + "Connect-TtsService.md", DefaultParameterSetName = "Runware")]
[OutputType(typeof(void))]
public sealed class ConnectTtsServiceCommand : TtsCmdlet
{
    /// <summary>The key; left out, RUNWARE_API_KEY.</summary>
    [Parameter(Position = 0, ParameterSetName = "Runware")]
    [ApiKeyTransformation]
    public ApiKey? ApiKey { get; set; }

    /// <summary>The task API's URL; left out, RUNWARE_API_URL or the service's own.</summary>
    [Parameter(ParameterSetName = "Runware")]
    public string? Endpoint { get; set; }

    /// <summary>Draft voices of this machine: no key, no network, and not Qwen3-TTS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Offline")]
    public SwitchParameter Offline { get; set; }

    protected override void EndProcessing()
    {
        Caution(ApiKey);
        try
        {
            // First chosen, then proven: after a failure the next command must not fall back to another account or voice.
            ServiceCmdlet.SetSession(SessionState, Connection.Failed);
            Connection connection = Offline ? Connection.Offline : Connection.Resolve(ApiKey, Endpoint, null, Environment.GetEnvironmentVariable);
            ServiceCmdlet.SetSession(SessionState, connection);
            Await(token => connection.ProveAsync(Trace, token));
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
    }
}
