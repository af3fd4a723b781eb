namespace RunwareTts.Audio;

/// <summary>Finds the last whole frame of a FLAC stream from behind.</summary>
internal static class FlacTail
{
    // Real tails need two or three; a crafted one must not keep us busy.
    private const int MaxCandidates = 32;

    /// <summary>The sample after the last whole frame; null when none is found.</summary>
    public static long? FindEnd(byte[] tail, FlacStreamInfo info)
    {
        // A frame ends where the stream does, or where the header of a frame cut short begins.
        var ends = new List<int> { tail.Length };
        for (var at = tail.Length - 2; at >= 0 && ends.Count <= MaxCandidates; at--)
        {
            if (tail[at] != 0xFF || (tail[at + 1] & 0xFE) != 0xF8) continue;
            var head = new ReadOnlySpan<byte>(tail, at, Math.Min(FlacFrameHeader.MaxSize, tail.Length - at));
            if (!FlacFrameHeader.TryParse(head, info, out var frame)) continue;
            if (IsWhole(tail, at, ends)) return frame.FirstSample + frame.BlockSize;
            ends.Add(at);
        }

        return null;
    }

    private static bool IsWhole(byte[] tail, int start, List<int> ends)
    {
        ushort crc = 0;
        for (var i = ends.Count - 1; i >= 0; i--)
        {
            crc = Crc.Crc16(crc, new ReadOnlySpan<byte>(tail, start, ends[i] - start));
            // The CRC over a frame and the CRC written after it is zero.
            if (crc == 0) return true;
            start = ends[i];
        }

        return false;
    }
}
