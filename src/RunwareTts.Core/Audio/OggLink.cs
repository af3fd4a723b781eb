namespace RunwareTts.Audio;

/// <summary>The audio stream of one link of an OGG file.</summary>
internal sealed class OggLink
{
    // The page which opens the stream holds exactly one packet.
    private int _packets = 1;
    private long _lastGranule;

    public OggLink(OggCodec codec, uint serial)
    {
        Codec = codec;
        Serial = serial;
    }

    public OggCodec Codec { get; }

    public uint Serial { get; }

    public long AudioBytes { get; private set; }

    public long Samples => Math.Max(0, _lastGranule - Codec.PreSkip);

    public void Add(OggPage page)
    {
        // Audio always begins on a page of its own after the headers.
        if (_packets >= Codec.HeaderPackets) AudioBytes += page.BodySize;
        _packets = Math.Min(int.MaxValue / 2, _packets + page.PacketsEnded);
        // Minus one: no packet ends on this page.
        if (page.Granule >= 0) _lastGranule = page.Granule;
    }
}
