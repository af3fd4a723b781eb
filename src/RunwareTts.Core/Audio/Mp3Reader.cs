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
        var sum = new PartSum();
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
            first ??= frame;
            faults.Joined |= !frame.IsLike(first.Value);
            sum.Add(frame.SamplesPerFrame, frame.SampleRate, frame.FrameSize, frame.Bitrate);
        }

        // Some bytes of any file look like frames; in an MP3 file most of them are.
        if (first is not { } head || walker.JunkBytes > walker.FrameBytes)
            throw new AudioFormatException("The file is not WAV, FLAC, OGG or MP3 audio, or is too damaged.");
        part!.Report(faults);
        var isCut = walker.EndsInFrame() && part.Tag?.Frames != part.Frames;
        faults.Truncated |= isCut;
        faults.TrailingData = walker.LastEnd < end && !isCut;
        if (firstPart!.Tag is { EncoderDelay: { } delay } firstTag)
        {
            // In a cut or joined file the padding is no longer at the end.
            var padding = part == firstPart && part.IsWhole ? firstTag.Padding : 0;
            sum.Trimmed = delay + Math.Max(padding, Mp3Tag.DecoderDelay);
        }

        return sum.Describe("MP3", "MP3", head.Channels, faults);
    }
}
