namespace RunwareTts.Audio;

/// <summary>Walks the pages of an OGG file: a chain of links, which may have other streams next to the audio.</summary>
internal static class OggReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var faults = new AudioFaults();
        OggCodec? first = null;
        var sum = new PartSum();
        OggLink? link = null;
        var inHeaders = false;
        var badPages = 0;
        var position = start;
        for (; OggPage.TryFind(source, position, ref badPages, out var page); position = page.End)
        {
            faults.Damaged |= page.Offset > position;
            if (page.IsFirst && !inHeaders)
            {
                link?.Close(sum, faults);
                link = null;
            }

            inHeaders = page.IsFirst;
            if (!page.IsFirst)
            {
                if (link?.Serial == page.Serial) link.Add(page, faults);
                continue;
            }

            if (link is not null || !OggCodec.TryParse(source.Read(page.Body, page.BodySize), out var codec)) continue;
            faults.Joined |= first is not null;
            first ??= codec;
            link = new OggLink(codec, page);
        }

        if (first is null) throw new AudioFormatException("The OGG file has no audio stream of a known codec.");
        link?.Close(sum, faults);
        // A page that the end cuts off is no trailing data.
        var isPage = source.TryRead(position, 4, out var tail) && tail.SequenceEqual("OggS"u8);
        faults.TrailingData = position < source.Length && !isPage && !faults.Truncated;
        return sum.Describe("OGG", first.Name, first.Channels, faults);
    }
}
