namespace RunwareTts.Audio;

/// <summary>
/// Counts every frame: the tag in the first one is right only while nobody cut or joined the file,
/// and a file without it may be of variable bitrate.
/// </summary>
internal static class Mp3Reader
{
    // As far as a tag with all its parts can reach into its frame.
    private const int TagReach = 192;

    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var walker = new Mp3Walker(source, start, TagSkipper.FindEnd(source, start));
        Mp3FrameHeader? first = null;
        Mp3Tag? tag = null;
        long frames = 0;
        long coded = 0;
        long bytes = 0;
        int? bitrate = null;
        while (walker.TryNext(out var frame))
        {
            if (Mp3Tag.TryParse(ReadFrame(source, walker.FrameStart, frame), frame, out var found))
            {
                if (frames == 0) tag ??= found;
                continue;
            }

            frames++;
            if (first is null) bitrate = frame.Bitrate;
            else if (bitrate != frame.Bitrate) bitrate = null;
            first ??= frame;
            coded += SampleMath.Rescale(frame.SamplesPerFrame, frame.SampleRate, first.Value.SampleRate);
            bytes += frame.FrameSize;
        }

        // Some bytes of any file look like frames; in an MP3 file most of them are.
        if (first is not { } head || walker.JunkBytes > walker.FrameBytes)
            throw new AudioFormatException("The file is no WAV, FLAC, OGG or MP3 audio, or is too damaged.");
        var isWhole = tag?.Frames is null || tag.Frames == frames;
        return new TtsAudioInfo(
            "MP3",
            "MP3",
            SampleMath.ToDuration(Math.Max(0, coded - Trimmed(tag, isWhole)), head.SampleRate),
            head.SampleRate,
            head.Channels,
            bitrate,
            SampleMath.ToKbps(bytes, coded, head.SampleRate));
    }

    private static ReadOnlySpan<byte> ReadFrame(ByteSource source, long offset, Mp3FrameHeader frame) =>
        source.Read(offset, Math.Min(frame.FrameSize, TagReach));

    /// <summary>What decoders take off; in a cut or joined file the padding no longer stands at the end.</summary>
    private static int Trimmed(Mp3Tag? tag, bool isWhole)
    {
        if (tag?.Delay is not { } delay) return 0;
        return delay + (isWhole ? Math.Max(tag.Padding, Mp3Tag.DecoderDelay) : Mp3Tag.DecoderDelay);
    }
}
