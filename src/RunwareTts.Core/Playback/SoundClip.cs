namespace RunwareTts.Playback;

/// <summary>A clip to play or to draw: a file, bytes, or audio at a URL.</summary>
internal sealed record SoundClip(string Name)
{
    /// <summary>Absolute.</summary>
    public string? Path { get; private init; }

    public byte[]? Data { get; private init; }

    public Uri? Url { get; private init; }

    public static SoundClip OfFile(string path) => new(System.IO.Path.GetFileName(path)) { Path = path };

    public static SoundClip OfUrl(Uri url) => new(Presigned.Mask(url.OriginalString)) { Url = url };

    /// <summary>The file of a result if it is there, else its bytes, else its URL.</summary>
    /// <exception cref="TtsException">InvalidRequest.InputObject, InvalidRequest.AudioUrl.</exception>
    public static SoundClip Of(TtsSpeech speech)
    {
        string? path = speech.Path;
        if (path is not null && File.Exists(path))
            return OfFile(path);
        if (speech.AudioData is { } data)
            return new SoundClip(speech.Id ?? "AudioData") { Data = data };
        if (speech.AudioUrl is { } url)
            return OfUrl(TryUrl(url) ?? throw Errors.NoAudioUrl(url));
        // Reading it says that the file is gone.
        return path is null ? throw Errors.NothingToHear() : OfFile(path);
    }

    /// <summary>An absolute http or https URL; null for anything else, such as a path.</summary>
    public static Uri? TryUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url : null;
}
