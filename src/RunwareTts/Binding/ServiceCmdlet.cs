using System.Management.Automation;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;

namespace RunwareTts.Binding;

/// <summary>A cmdlet that calls the service, or the draft voices instead.</summary>
public abstract class ServiceCmdlet : TtsCmdlet
{
    // A variable and not a static: there are many runspaces, and one that a host resets must forget the key.
    private const string SessionVariable = "global:RunwareTtsConnection";

    /// <summary>The Runware API key for this command: a SecureString, a PSCredential or a string.</summary>
    [Parameter]
    [ApiKeyTransformation]
    public ApiKey? ApiKey { get; set; }

    /// <summary>The task API's URL; https, or http on this machine.</summary>
    [Parameter]
    public string? Endpoint { get; set; }

    /// <summary>What Connect-TtsService set up in this runspace.</summary>
    internal static Connection? Session(SessionState state) =>
        PropertyReader.Unwrap(state.PSVariable.GetValue(SessionVariable)) as Connection;

    internal static void SetSession(SessionState state, Connection? connection)
    {
        if (connection is null)
            state.PSVariable.Remove(SessionVariable);
        else
            state.PSVariable.Set(SessionVariable, connection);
    }

    private protected Connection Resolve()
    {
        Caution(ApiKey);
        try
        {
            return Connection.Resolve(ApiKey, Endpoint, Session(SessionState), Environment.GetEnvironmentVariable);
        }
        catch (TtsException e)
        {
            Throw(e, Endpoint);
            throw;
        }
    }
}
