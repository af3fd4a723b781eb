namespace RunwareTts.Emulator;

/// <summary>A clip as it was sent: its bytes, or a URL that is never fetched. The digest is lower-case hex.</summary>
internal sealed record Clip(byte[]? Bytes, string Sha256);

/// <summary>An upload that was taken.</summary>
internal sealed class StoredMedia(string taskUuid, Clip clip, Uri home, int polls)
{
    private int _asked;

    public Guid Uuid { get; } = Guid.NewGuid();

    public string TaskUuid => taskUuid;

    public Clip Clip => clip;

    /// <summary>The upload's own answer has mediaUUID "1".</summary>
    public bool AnsweredLater => polls > 0;

    public Uri Url => new(home, MediaEndpoint.Folder + Uuid);

    /// <summary>Counts one question. True when the answer is the media.</summary>
    public bool Ask() => Interlocked.Increment(ref _asked) >= polls;
}
