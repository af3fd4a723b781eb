using System.Collections.Concurrent;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>A server of one model, and what is known of it. Any thread may use it.</summary>
internal sealed class SpeechServer(Uri url, TtsModel model, ServerKind? kind)
{
    private readonly ConcurrentDictionary<string, bool> _notEncoded = [];
    private volatile ServerProfile? _profile;
    private volatile bool _isInDoubt;
    private volatile string? _problem = "It has not been contacted yet.";

    /// <summary>The URL without /v1, as in messages.</summary>
    public Uri Url => url;

    public TtsModel Model => model;

    /// <summary>The kind that the user gave; null to find it by asking.</summary>
    public ServerKind? GivenKind => kind;

    /// <summary>Null until the server has answered.</summary>
    public ServerProfile? Profile => _profile;

    /// <summary>It was down since it said what it is, and may be another one when it is back.</summary>
    public bool IsInDoubt => _isInDoubt;

    /// <summary>The name of the server in a message.</summary>
    public string Name => url.AbsoluteUri.TrimEnd('/');

    public Uri At(string path) => new($"{Name}/{path}");

    /// <summary>The server has answered what it is, so it is ready.</summary>
    public void SetProfile(ServerProfile profile) => (_profile, _problem, _isInDoubt) = (profile, null, false);

    /// <param name="problem">What is wrong.</param>
    /// <param name="isDown">It may have to be started again.</param>
    public void SetProblem(string problem, bool isDown)
    {
        _problem = problem;
        _isInDoubt |= isDown;
    }

    public void ClearProblem() => _problem = null;

    /// <summary>The server has no encoder for a format, such as mp3.</summary>
    public void CannotEncode(string format) => _notEncoded[format] = true;

    public bool Encodes(string format) => !_notEncoded.ContainsKey(format);

    public TtsServer Describe() => new()
    {
        Model = model.Name,
        Endpoint = url,
        Kind = (_profile?.Kind ?? kind)?.ToString(),
        ServedModel = _profile?.ServedModel,
        IsReady = _problem is null,
        Problem = _problem,
    };
}
