namespace RunwareTts.Audio;

/// <summary>Finds the frame length of a free-format stream; all its frames have one length, padding apart.</summary>
internal sealed class Mp3FreeFormat(ByteSource source, long end)
{
    private const int MinSize = 24;

    // 640 kbps at 8 kHz, the most that an encoder offers.
    private const int MaxSize = 5760;

    // Each costs some thousand looks, and a crafted file could pretend a first frame at every byte.
    private const int MaxTries = 100;

    private int _size;
    private int _tries;

    /// <summary>Gives the frame its length; false when nothing of its kind follows it.</summary>
    public bool TrySize(long position, ref Mp3FrameHeader frame)
    {
        if (_size == 0 && _tries++ < MaxTries) _size = Find(position, frame);
        frame = frame.OfSize(_size);
        return _size > 0;
    }

    private int Find(long position, Mp3FrameHeader frame)
    {
        for (var size = MinSize; size <= MaxSize; size++)
        {
            var next = position + size + frame.Padding;
            if (!TryLike(next, frame, out var second)) continue;
            var third = next + size + second.Padding;
            if (third == end || TryLike(third, frame, out _)) return size;
        }

        return 0;
    }

    private bool TryLike(long position, Mp3FrameHeader frame, out Mp3FrameHeader found)
    {
        found = default;
        return source.TryRead(position, Mp3FrameHeader.Size, out var bytes)
            && Mp3FrameHeader.TryParse(bytes, out found)
            && found.IsLike(frame);
    }
}
