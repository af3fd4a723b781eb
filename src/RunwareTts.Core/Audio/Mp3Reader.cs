namespace RunwareTts.Audio;

/// <summary>
/// Counts every frame: the tag in the first one is wrong after the file was cut or joined, and a file without it may
/// have a variable bitrate.
/// </summary>
internal static class Mp3Reader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var end = TagSkipper.FindEnd(source, start);
        var walker = new Mp3Walker(source, start, end);
        var faults = new AudioFaults();
        Mp3FrameHeader? first = null;
        Mp3Part? firstPart = null;
        Mp3Part? part = null;
        PartSum? sum = null;
        int? bitrate = null;
        while (walker.TryNext(out var frame))
        {
            faults.Damaged |= walker.IsAfterJunk && part is not null;
            faults.Joined |= walker.IsAfterTag && part is not null;
            if (Mp3Tag.TryRead(source, walker.FrameStart, frame, out var tag))
            {
                faults.Joined |= part is not null;
                part?.Report(faults);
                part = new Mp3Part(walker.FrameStart, tag);
                firstPart ??= part;
                continue;
            }

            part ??= firstPart = new Mp3Part(walker.FrameStart, null);
            part.Add(walker.LastEnd);
            if (first is null) bitrate = frame.Bitrate;
            else if (bitrate != frame.Bitrate) bitrate = null;
            first ??= frame;
            faults.Joined |= !frame.IsLike(first.Value);
            sum ??= new PartSum(frame.SampleRate);
            sum.Add(frame.SamplesPerFrame, frame.SampleRate, frame.FrameSize);
        }

        // Some bytes of any file look like frames; in an MP3 file most of them are.
        if (first is not { } head || walker.JunkBytes > walker.FrameBytes)
            throw new AudioFormatException("The file is not WAV, FLAC, OGG or MP3 audio, or is too damaged.");
        part!.Report(faults);
        var isCut = walker.EndsInFrame() && part.Tag?.Frames != part.Frames;
        faults.Truncated |= isCut;
        faults.TrailingData = walker.LastEnd < end && !isCut;
        var trimmed = Trimmed(firstPart!.Tag, part == firstPart && part.IsWhole);
        return new TtsAudioInfo(
            "MP3",
            "MP3",
            SampleMath.ToDuration(Math.Max(0, sum!.Samples - trimmed), head.SampleRate),
            head.SampleRate,
            head.Channels,
            bitrate,
            sum.Kbps)
        {
            Faults = faults.Names,
        };
    }

    /// <summary>Samples that decoders trim; in a cut or joined file the padding is no longer at the end.</summary>
    private static int Trimmed(Mp3Tag? tag, bool isWhole)
    {
        if (tag?.EncoderDelay is not { } delay) return 0;
        return delay + (isWhole ? Math.Max(tag.Padding, Mp3Tag.DecoderDelay) : Mp3Tag.DecoderDelay);
    }
}
