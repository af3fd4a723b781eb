using System.Collections;
using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.SelfHosted;

namespace RunwareTts.Commands;

/// <summary>Chooses the provider of this runspace, and checks that it answers.</summary>
[Cmdlet(VerbsCommunications.Connect, "TtsService", DefaultParameterSetName = "Runware",
    HelpUri = HelpPages.Root + "Connect-TtsService.md")]
[OutputType(typeof(TtsServer), ParameterSetName = ["SelfHosted"])]
public sealed class ConnectTtsServiceCommand : TtsCmdlet
{
    /// <summary>The key; for Runware left out, RUNWARE_API_KEY; for own servers left out, none.</summary>
    [Parameter(Position = 0, ParameterSetName = "Runware")]
    [Parameter(ParameterSetName = "SelfHosted")]
    [ApiKeyTransformation]
    public ApiKey? ApiKey { get; set; }

    /// <summary>The task API's URL; left out, RUNWARE_API_URL or the service's own.</summary>
    [Parameter(ParameterSetName = "Runware")]
    public string? Endpoint { get; set; }

    /// <summary>Draft voices of this machine: no key, no network, no Qwen3-TTS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Offline")]
    public SwitchParameter Offline { get; set; }

    /// <summary>Servers of the open weights: a table of URLs by model, one or several each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "SelfHosted")]
    public IDictionary? SelfHosted { get; set; }

    /// <summary>What the servers are; left out, each is asked.</summary>
    [Parameter(ParameterSetName = "SelfHosted")]
    [ValidateSet("Auto", nameof(Providers.SelfHosted.ServerKind.VllmOmni),
        nameof(Providers.SelfHosted.ServerKind.SglangOmni), nameof(Providers.SelfHosted.ServerKind.OpenAI))]
    public string ServerKind { get; set; } = "Auto";

    protected override void EndProcessing()
    {
        Caution(ApiKey);
        try
        {
            // Set before it is checked: after a failure the next command must not fall back to another account.
            ServiceCmdlet.SetSession(SessionState, Connection.Failed);
            Connection connection = Offline ? Connection.Offline
                : SelfHosted is not null ? Connection.To(ReadServers())
                : Connection.Resolve(ApiKey, Endpoint, null, Environment.GetEnvironmentVariable);
            ServiceCmdlet.SetSession(SessionState, connection);
            TaskWait.For(token => connection.ProveAsync(Trace, token), StopToken);
            foreach (TtsServer server in connection.Describe().Servers ?? [])
                WriteServer(server);
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

    private ServerFleet ReadServers() => ServerFleet.Read(
        PlainTable.Unwrap(SelfHosted!),
        Enum.TryParse(ServerKind, ignoreCase: true, out ServerKind kind) ? kind : null, ApiKey);

    private void WriteServer(TtsServer server)
    {
        if (server.Problem is { } problem)
            WriteWarning($"{server.Model}: {problem} It is tried again when a row needs it.");
        WriteObject(server);
    }
}
