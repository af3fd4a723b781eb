namespace RunwareTts.Audio;

/// <summary>What one encoder wrote: a tag, if there is one, and the frames after it. A joined file has several.</summary>
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

    /// <summary>It has as many frames as its tag says, or nobody says how many.</summary>
    public bool IsWhole => Tag?.Frames is null || Tag.Frames == Frames;

    public void Tell(AudioFaults faults)
    {
        faults.Joined |= IsLong;
        faults.Truncated |= IsShort;
    }

    /// <summary>Another file follows which has no tag. Some encoders count the tag's own frame, some do not.</summary>
    private bool IsLong => Frames > Tag?.Frames + 1;

    /// <summary>Both counts of the tag must say so where both are there: one alone is wrong in some whole files.</summary>
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
