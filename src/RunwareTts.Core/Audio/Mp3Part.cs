namespace RunwareTts.Audio;

/// <summary>The output of one encoder: a tag, if there is one, and the frames after it.</summary>
internal sealed class Mp3Part(long start, Mp3Tag? tag)
{
    private long _end;

    public Mp3Tag? Tag { get; } = tag;

    public long Frames { get; private set; }

    public void Add(long frameEnd)
    {
        Frames++;
        _end = frameEnd;
    }

    public bool IsWhole => Tag?.Frames is null || Tag.Frames == Frames;

    public void Report(AudioFaults faults)
    {
        faults.Joined |= IsLong;
        faults.Truncated |= IsShort;
    }

    // Another file without a tag follows. Some encoders count the tag's own frame, some do not.
    private bool IsLong => Frames > Tag?.Frames + 1;

    // Where the tag has both counts, both must say so: one alone is wrong in some whole files.
    private bool IsShort
    {
        get
        {
            if (Tag is not { } tag) return false;
            var lacksFrames = tag.Frames - Frames;
            if (tag.Bytes is not { } bytes) return lacksFrames > 1;
            return _end - start < bytes && lacksFrames is null or > 0;
        }
    }
}
