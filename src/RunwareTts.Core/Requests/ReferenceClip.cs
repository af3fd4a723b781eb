namespace RunwareTts.Requests;

/// <summary>A clip of reference audio: a file of this machine, a URL, or the UUID of stored media.</summary>
public sealed record ReferenceClip
{
    private ReferenceClip(string identity) => Identity = identity;

    /// <summary>Equal for clips of the same content: a file's SHA-256, a URL without its query, or a UUID.</summary>
    public string Identity { get; }

    /// <summary>The file, absolute; null for any other clip.</summary>
    public string? Path { get; private init; }

    /// <summary>The URL or UUID as it is sent; null for a file, which is uploaded.</summary>
    public string? Address { get; private init; }

    /// <summary>The same as a row has it, without secrets.</summary>
    public string Shown => Path ?? Presigned.Mask(Address!);

    /// <param name="path">Its absolute path.</param>
    /// <param name="sha256">The SHA-256 of its content in lower-case hex.</param>
    public static ReferenceClip OfFile(string path, string sha256) => new(sha256) { Path = path };

    public static ReferenceClip OfUrl(Uri url) =>
        new(url.GetLeftPart(UriPartial.Path)) { Address = url.OriginalString };

    public static ReferenceClip OfMedia(Guid media) => new($"{media:D}") { Address = $"{media:D}" };
}
