namespace RunwareTts.Audio;

/// <summary>Goes from frame to frame, over tags and junk between them.</summary>
internal sealed class Mp3Walker(ByteSource source, long start, long end)
{
    // In a file which is no MP3 at all some bytes far in will look like two frames.
    private const int MaxJunkBeforeFirst = 64 * 1024;

    private readonly ByteSource _source = source;
    private readonly long _end = end;
    private long _position = start;
    private Mp3FrameHeader? _previous;

    public long FrameStart { get; private set; }

    public long FrameBytes { get; private set; }

    public long JunkBytes { get; private set; }

    public bool TryNext(out Mp3FrameHeader frame)
    {
        while (_position < _end)
        {
            if (TryHeader(_position, out frame) && (IsExpected(frame) || IsFollowed(frame)))
            {
                _previous = frame;
                FrameStart = _position;
                FrameBytes += frame.FrameSize;
                _position += frame.FrameSize;
                return true;
            }

            _previous = null;
            if (TagSkipper.TryId3v2(_source, _position, out var tagSize))
            {
                _position += tagSize;
                continue;
            }

            _position++;
            JunkBytes++;
            if (FrameBytes == 0 && JunkBytes > MaxJunkBeforeFirst) break;
        }

        frame = default;
        return false;
    }

    // A frame cut short by the end is no frame: decoders drop it.
    private bool TryHeader(long position, out Mp3FrameHeader frame)
    {
        frame = default;
        return _source.TryRead(position, Mp3FrameHeader.Size, out var bytes)
            && Mp3FrameHeader.TryParse(bytes, out frame)
            && position + frame.FrameSize <= _end;
    }

    private bool IsExpected(Mp3FrameHeader frame) => _previous is { } previous && frame.IsLike(previous);

    /// <summary>Eleven set bits occur in any data, so a sync is believed only if another frame follows.</summary>
    private bool IsFollowed(Mp3FrameHeader frame)
    {
        var next = _position + frame.FrameSize;
        if (next == _end) return true;
        return _source.TryRead(next, Mp3FrameHeader.Size, out var bytes)
            && Mp3FrameHeader.TryParse(bytes, out var following)
            && following.IsLike(frame);
    }
}
