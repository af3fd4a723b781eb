namespace RunwareTts.Audio;

/// <summary>Counts every frame: the header has no length in a piped stream, and a wrong one in a cut one.</summary>
internal static class FlacReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var info = FlacStreamInfo.Read(source, start);
        var end = TagSkipper.FindEnd(source, start);
        var faults = new AudioFaults();
        var sum = new PartSum();
        for (var part = info; ; part = FlacStreamInfo.Read(source, start))
        {
            if (!TrySkipMetadata(source, start + FlacStreamInfo.MarkerSize, out var audio))
            {
                faults.Truncated = true;
                break;
            }

            var walker = new FlacWalker(source, part, audio, end);
            walker.Run(faults);
            sum.Add(walker.Samples, part.SampleRate, walker.Next - audio);
            if (walker.Next == end) break;
            start = walker.Next;
            faults.Joined = true;
        }

        if (sum.Samples == 0 && faults.Names.Length > 0)
            throw new AudioFormatException("The FLAC file has no whole audio frame.");
        return sum.Describe("FLAC", "FLAC", info.Channels, faults);
    }

    /// <summary>Another file begins here, as after files were concatenated.</summary>
    public static bool IsStart(ByteSource source, long position) =>
        source.TryRead(position, FlacStreamInfo.MarkerSize + FlacStreamInfo.BlockSize, out var head)
        && head.StartsWith("fLaC"u8)
        && FlacStreamInfo.IsValid(head.Slice(FlacStreamInfo.MarkerSize));

    private static bool TrySkipMetadata(ByteSource source, long position, out long audio)
    {
        audio = position;
        FlacBlock block;
        do
        {
            if (!FlacBlock.TryRead(source, audio, out block)) return false;
            audio = block.End;
        }
        while (!block.IsLast);
        return true;
    }
}
