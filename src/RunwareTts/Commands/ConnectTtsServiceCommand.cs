using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Providers.Http;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Chooses the provider of this runspace, and checks that it answers.</summary>
[Cmdlet(VerbsCommunications.Connect, "TtsService", DefaultParameterSetName = "Runware",
    HelpUri = HelpPages.Root + "Connect-TtsService.md")]
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

    /// <summary>Draft voices of this machine: no key, no network, no Qwen3-TTS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Offline")]
    public SwitchParameter Offline { get; set; }

    protected override void EndProcessing()
    {
        Caution(ApiKey);
        try
        {
            // Set before it is checked: after a failure the next command must not fall back to another account.
            ServiceCmdlet.SetSession(SessionState, Connection.Failed);
            Connection connection = Offline ? Connection.Offline
                : Connection.Resolve(ApiKey, Endpoint, null, Environment.GetEnvironmentVariable);
            ServiceCmdlet.SetSession(SessionState, connection);
            TaskWait.For(token => connection.ProveAsync(Trace, token), StopToken);
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
        finally
        {
            WriteTrace();
        }
    }
}
