namespace RunwareTts.Audio;

/// <summary>Goes from frame to frame, over tags and junk between them.</summary>
internal sealed class Mp3Walker(ByteSource source, long start, long end)
{
    // In a file that is no MP3 some bytes far in will look like two frames.
    private const int MaxJunkBeforeFirst = 64 * 1024;

    private readonly ByteSource _source = source;
    private readonly long _end = end;
    private readonly Mp3FreeFormat _freeFormat = new(source, end);
    private long _position = start;
    private Mp3FrameHeader? _previous;
    private Mp3FrameHeader? _last;
    private long _junk;
    private long _junkBytes;
    private long _zeros;

    public long FrameStart { get; private set; }

    /// <summary>Where the last frame or tag ended.</summary>
    public long LastEnd { get; private set; } = start;

    public long FrameBytes { get; private set; }

    /// <summary>
    /// Bytes that are neither audio nor a tag. Zeros count only after the last frame: before a frame they are what is
    /// left of a header or of a lost piece.
    /// </summary>
    public long JunkBytes => _junkBytes + _zeros;

    /// <summary>Bytes that are neither audio nor a tag stand before this frame.</summary>
    public bool IsAfterJunk { get; private set; }

    /// <summary>A tag stands before this frame, as at the beginning or the end of a file.</summary>
    public bool IsAfterTag { get; private set; }

    public bool TryNext(out Mp3FrameHeader frame)
    {
        (_junk, IsAfterTag) = (0, false);
        while (_position < _end)
        {
            if (TryHeader(_position, out frame) && _position + frame.FrameSize <= _end
                && (IsExpected(frame) || IsFollowed(frame)))
            {
                IsAfterJunk = _junk > 0;
                _zeros = 0;
                _previous = _last = frame;
                FrameStart = _position;
                FrameBytes += frame.FrameSize;
                LastEnd = _position += frame.FrameSize;
                return true;
            }

            _previous = null;
            if (TagSkipper.TryTag(_source, _position, out var tagSize))
            {
                IsAfterTag = true;
                LastEnd = _position += tagSize;
                continue;
            }

            if (SkipZeros()) continue;
            _position++;
            _junkBytes++;
            _junk++;
            if (FrameBytes == 0 && _junkBytes > MaxJunkBeforeFirst) break;
        }

        frame = default;
        return false;
    }

    /// <summary>The last frame is followed by the beginning of another one, which the file's end cuts off.</summary>
    public bool EndsInFrame()
    {
        var left = (int)Math.Min(Mp3FrameHeader.Size, _end - LastEnd);
        if (_last is not { } last || left <= 0) return false;
        var head = _source.Read(LastEnd, left);
        return left < Mp3FrameHeader.Size
            ? head[0] == 0xFF && (left == 1 || head[1] >= 0xE0)
            : Mp3FrameHeader.TryParse(head, out var frame) && frame.IsLike(last);
    }

    private bool SkipZeros()
    {
        const int reach = 4096;
        var piece = _source.Read(_position, (int)Math.Min(reach, _end - _position));
        var count = 0;
        while (count < piece.Length && piece[count] == 0) count++;
        _position += count;
        _junk += count;
        _zeros += count;
        return count > 0;
    }

    private bool TryHeader(long position, out Mp3FrameHeader frame)
    {
        frame = default;
        return _source.TryRead(position, Mp3FrameHeader.Size, out var bytes)
            && Mp3FrameHeader.TryParse(bytes, out frame)
            && (!frame.IsFree || _freeFormat.TrySize(position, ref frame));
    }

    private bool IsExpected(Mp3FrameHeader frame) => _previous is { } previous && frame.IsLike(previous);

    /// <summary>Eleven set bits occur in any data, so a sync is believed only if another frame follows.</summary>
    private bool IsFollowed(Mp3FrameHeader frame)
    {
        var next = _position + frame.FrameSize;
        return next == _end || TryHeader(next, out var following) && following.IsLike(frame);
    }
}
