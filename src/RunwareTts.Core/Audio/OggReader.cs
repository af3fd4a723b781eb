namespace RunwareTts.Audio;

/// <summary>
/// Walks an OGG file's pages. A file may be a chain of links one after another,
/// and each link may carry other streams beside the audio.
/// </summary>
internal static class OggReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var links = new List<OggLink>();
        OggLink? link = null;
        var inHeaders = false;
        var badPages = 0;
        for (var position = start; OggPage.TryFind(source, position, ref badPages, out var page); position = page.End)
        {
            if (page.IsFirst && !inHeaders) link = null;
            inHeaders = page.IsFirst;
            if (page.IsFirst)
            {
                if (link is not null || !OggCodec.TryParse(source.Read(page.Body, page.BodySize), out var codec)) continue;
                link = new OggLink(codec, page.Serial);
                links.Add(link);
            }
            else if (link?.Serial == page.Serial)
            {
                link.Add(page);
            }
        }

        if (links.Count == 0) throw new AudioFormatException("The OGG file holds no audio stream we know.");
        return Describe(links);
    }

    private static TtsAudioInfo Describe(List<OggLink> links)
    {
        var first = links[0].Codec;
        long samples = 0;
        long bytes = 0;
        var bitrate = first.Bitrate;
        foreach (var link in links)
        {
            samples = SampleMath.Add(samples, SampleMath.Rescale(link.Samples, link.Codec.SampleRate, first.SampleRate));
            bytes += link.AudioBytes;
            if (link.Codec.Bitrate != bitrate) bitrate = null;
        }

        return new TtsAudioInfo(
            "OGG",
            first.Name,
            SampleMath.ToDuration(samples, first.SampleRate),
            first.SampleRate,
            first.Channels,
            bitrate,
            SampleMath.ToKbps(bytes, samples, first.SampleRate));
    }
}
