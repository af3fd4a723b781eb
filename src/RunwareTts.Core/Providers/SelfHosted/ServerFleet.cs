using System.Collections;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>The servers of Connect-TtsService -SelfHosted.</summary>
public sealed class ServerFleet
{
    private ServerFleet(IReadOnlyList<SpeechServer> servers, ApiKey? key) => (Servers, Key) = (servers, key);

    internal IReadOnlyList<SpeechServer> Servers { get; }

    internal ApiKey? Key { get; }

    /// <param name="table">URLs by model: one, or several as a list.</param>
    /// <param name="kind">What all of them understand; null to find it by asking each.</param>
    /// <param name="key">Sent to each of them; null for none.</param>
    /// <exception cref="TtsException">InvalidRequest.SelfHosted.</exception>
    public static ServerFleet Read(IDictionary table, ServerKind? kind, ApiKey? key)
    {
        List<SpeechServer> servers = [];
        foreach (DictionaryEntry entry in table)
        {
            TtsModel model = FindModel($"{entry.Key}".Trim());
            string[] texts = UrlsOf(entry.Value);
            if (texts.Length == 0)
                throw Errors.BadServers($"{model.Name} has no URL.");
            foreach (Uri url in texts.Select(text => Parse(text, model, key is not null)))
            {
                if (servers.Any(s => s.Model == model && s.Url == url))
                    throw Errors.BadServers($"{url} is listed twice for {model.Name}.");
                servers.Add(new SpeechServer(url, model, kind));
            }
        }

        return servers.Count > 0 ? new ServerFleet(servers, key) : throw Errors.BadServers("The table is empty.");
    }

    /// <summary>
    /// Asks all servers what they are. Those that do not answer are tried again when a row needs them.
    /// </summary>
    /// <exception cref="TtsException">
    /// ServiceUnreachable: none answers. InvalidRequest.Model: one serves another model. Or one refuses the key.
    /// </exception>
    internal async Task ProveAsync(Action<string>? trace, CancellationToken token)
    {
        ServerProbe probe = new(new ServerClient(Key, trace));
        TtsException?[] problems =
            await Task.WhenAll(Servers.Select(server => TryAsync(probe, server, token))).ConfigureAwait(false);
        if (problems.FirstOrDefault(problem => problem is { Kind: not TtsErrorKind.ConnectionError }) is { } wrong)
            throw wrong;
        if (problems.All(problem => problem is not null))
            throw Errors.NoServerAnswers(problems.Select(problem => problem!.Message));
    }

    private static async Task<TtsException?> TryAsync(ServerProbe probe, SpeechServer server, CancellationToken token)
    {
        try
        {
            await probe.IdentifyAsync(server, token).ConfigureAwait(false);
            return null;
        }
        catch (TtsException e)
        {
            return e;
        }
    }

    /// <summary>The servers of a model by its full id.</summary>
    internal IReadOnlyList<SpeechServer> ServersOf(string modelId) =>
        [.. Servers.Where(server => server.Model.ModelId == modelId)];

    private static TtsModel FindModel(string name) =>
        SpeechCatalog.FindModel(name) ?? throw Errors.BadServers($"'{name}' is not a model."
            + Words.DidYouMean(Nearness.Find(name, SpeechCatalog.Models.Select(model => model.Name))));

    private static string[] UrlsOf(object? value) => value switch
    {
        string text => [text],
        IEnumerable list => [.. list.Cast<object?>().Select(item => $"{item}")],
        _ => [$"{value}"],
    };

    private static Uri Parse(string text, TtsModel model, bool hasKey)
    {
        string shown = $"The URL '{Presigned.Mask(text)}' of {model.Name}";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0
            || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw Errors.BadServers($"{shown} is not an absolute http or https URL.");
        if (uri.UserInfo.Length > 0)
            throw Errors.BadServers($"The URL of {model.Name} at {uri.Host} has a user name or password. "
                + "A key is given as -ApiKey.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Errors.BadServers($"{shown} has a query.");
        if (hasKey && uri.Scheme != Uri.UriSchemeHttps && !NetworkAreas.IsLoopback(uri))
            throw Errors.BadServers($"{shown} is not https, and the key would be sent there. Give an https URL, or "
                + "leave -ApiKey out.");
        return new Uri(Without("/v1", Without("/v1/audio/speech", uri.AbsoluteUri.TrimEnd('/'))) + "/");
    }

    private static string Without(string path, string url) =>
        url.EndsWith(path, StringComparison.Ordinal) ? url.Substring(0, url.Length - path.Length).TrimEnd('/') : url;
}
