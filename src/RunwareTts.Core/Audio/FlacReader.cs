namespace RunwareTts.Audio;

internal static class FlacReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var info = FlacStreamInfo.Parse(source.Read(start + 4, FlacStreamInfo.BlockSize));
        var audioStart = SkipMetadata(source, start + 4);
        var audioEnd = TagSkipper.FindEnd(source, audioStart);
        var samples = CountSamples(source, info, audioStart, audioEnd);
        return new TtsAudioInfo(
            "FLAC",
            "FLAC",
            SampleMath.ToDuration(samples, info.SampleRate),
            info.SampleRate,
            info.Channels,
            bitrate: null,
            SampleMath.ToKbps(audioEnd - audioStart, samples, info.SampleRate));
    }

    private static long SkipMetadata(ByteSource source, long position)
    {
        while (true)
        {
            var head = source.Read(position, 4);
            var isLast = (head[0] & 0x80) != 0;
            position += 4 + ((head[1] << 16) | (head[2] << 8) | head[3]);
            if (position > source.Length) throw new AudioFormatException("The FLAC file ends in its metadata.");
            if (isLast) return position;
        }
    }

    /// <summary>
    /// The last whole frame says how much there is: the header says nothing in a piped stream
    /// and too much in a cut one.
    /// </summary>
    private static long CountSamples(ByteSource source, FlacStreamInfo info, long audioStart, long audioEnd)
    {
        if (audioEnd == audioStart && info.TotalSamples == 0) return 0;
        var tailStart = Math.Max(audioStart, audioEnd - (2L * info.LargestFrame));
        var tail = source.Copy(tailStart, (int)(audioEnd - tailStart));
        if (FlacTail.FindEnd(tail, info) is { } end) return Math.Max(0, end - FirstSample(source, info, audioStart));
        if (info.TotalSamples > 0 && tailStart > audioStart) return info.TotalSamples;
        throw new AudioFormatException("The FLAC file has no whole audio frame.");
    }

    private static long FirstSample(ByteSource source, FlacStreamInfo info, long audioStart)
    {
        var count = (int)Math.Min(FlacFrameHeader.MaxSize, source.Length - audioStart);
        // A stream recorded from its middle counts on from there.
        return FlacFrameHeader.TryParse(source.Read(audioStart, count), info, out var frame) ? frame.FirstSample : 0;
    }
}
