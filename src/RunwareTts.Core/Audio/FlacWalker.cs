namespace RunwareTts.Audio;

/// <summary>
/// Walks a FLAC stream from frame to frame. A frame does not state its length: it ends before a header where its
/// checksum is right. Every byte is read once, however crafted the file.
/// </summary>
internal sealed class FlacWalker(ByteSource source, FlacStreamInfo info, long start, long end)
{
    private const int Piece = 16 * 1024;

    private long _frameEnd;

    public long Samples { get; private set; }

    /// <summary>By the frame numbers; a stream recorded from its middle does not count from zero.</summary>
    public long LastSample { get; private set; }

    /// <summary>Where another file begins, else the end.</summary>
    public long Next { get; private set; }

    public void Run(AudioFaults faults)
    {
        var position = FindMark(start, end);
        faults.Damaged |= position > start && position < end;
        _frameEnd = start;
        while (position < end && TryFrame(position, out var frame))
        {
            // Streams that were joined without their headers begin to count again.
            faults.Joined |= frame.FirstSample < LastSample;
            faults.Damaged |= frame.FirstSample > LastSample && Samples > 0;
            var next = SkipFrame(position, frame, faults);
            if (_frameEnd > position)
            {
                Samples = SampleMath.Add(Samples, frame.BlockSize);
                LastSample = frame.FirstSample + frame.BlockSize;
            }

            position = next;
        }

        Next = position;
        faults.Truncated |= LastSample < info.TotalSamples;
    }

    /// <summary>Sets the frame's end if it is whole, or another one follows it.</summary>
    /// <returns>Where the next frame begins, or the next file, or the end.</returns>
    private long SkipFrame(long position, FlacFrameHeader frame, AudioFaults faults)
    {
        var limit = Math.Min(end, position + info.MaxFrameSize(frame.BlockSize));
        ushort crc = 0;
        long next;
        for (var from = position; ; from = next)
        {
            next = FindMark(from + 1, limit);
            crc = Extend(crc, from, next);
            if (next == limit) break;
            // The checksum of a frame and its own checksum is zero. Other headers are valid by chance alone.
            var goesOn = !TryFrame(next, out var following)
                || following.FirstSample == frame.FirstSample + frame.BlockSize;
            if (crc != 0 && !goesOn) continue;
            faults.Damaged |= crc != 0;
            return _frameEnd = next;
        }

        if (crc == 0 && limit == end) return _frameEnd = end;
        next = FindMark(limit, end);
        if (next < end)
        {
            faults.Damaged = true;
            return _frameEnd = next;
        }

        EndWithin(position, limit, faults);
        return end;
    }

    /// <summary>The last frame does not end where the file does: it is cut, or something follows it.</summary>
    private void EndWithin(long position, long limit, AudioFaults faults)
    {
        ushort crc = 0;
        for (var at = position; at < limit; at++)
        {
            crc = Extend(crc, at, at + 1);
            if (crc != 0 || !IsForeign(at + 1)) continue;
            faults.TrailingData = true;
            _frameEnd = at + 1;
            return;
        }

        faults.Truncated = true;
    }

    // The checksum is zero by chance at one byte of 65536, and what is then left of the frame does not look like this.
    private bool IsForeign(long position) =>
        source.TryRead(position, (int)Math.Min(4, end - position), out var bytes)
        && (ForeignFile.IsText(bytes) || "\0\0\0\0"u8.StartsWith(bytes));

    private long FindMark(long from, long to)
    {
        while (from < to)
        {
            var count = (int)Math.Min(Piece, to - from);
            var at = source.Read(from, count).IndexOfAny((byte)0xFF, (byte)'f');
            if (at < 0)
            {
                from += count;
                continue;
            }

            from += at;
            if (TryFrame(from, out _) || FlacReader.IsStart(source, from)) return from;
            from++;
        }

        return to;
    }

    private ushort Extend(ushort crc, long from, long to)
    {
        for (; from < to; from += Piece)
            crc = Crc.Crc16(crc, source.Read(from, (int)Math.Min(Piece, to - from)));
        return crc;
    }

    private bool TryFrame(long position, out FlacFrameHeader frame)
    {
        frame = default;
        return source.TryRead(position, (int)Math.Min(FlacFrameHeader.MaxSize, end - position), out var head)
            && FlacFrameHeader.TryParse(head, info, out frame);
    }
}
