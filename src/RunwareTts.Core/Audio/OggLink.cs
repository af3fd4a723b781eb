namespace RunwareTts.Audio;

/// <summary>The audio stream of one link of an OGG file.</summary>
internal sealed class OggLink(OggCodec codec, OggPage first)
{
    // The page which opens the stream holds exactly one packet.
    private int _packets = 1;
    private uint _lastNumber = first.SequenceNumber;
    private long _lastGranule;
    private long _audioBytes;
    private bool _isEnded = first.IsLast;

    public uint Serial { get; } = first.Serial;

    public void Add(OggPage page, AudioFaults faults)
    {
        faults.Damaged |= page.SequenceNumber != unchecked(_lastNumber + 1);
        _lastNumber = page.SequenceNumber;
        _isEnded |= page.IsLast;
        // Audio always begins on a page of its own after the headers.
        if (_packets >= codec.HeaderPackets) _audioBytes += page.BodySize;
        _packets = Math.Min(int.MaxValue / 2, _packets + page.PacketsEnded);
        // Minus one: no packet ends on this page.
        if (page.GranulePosition >= 0) _lastGranule = page.GranulePosition;
    }

    /// <summary>A stream whose last page does not say that it is the last was cut.</summary>
    public void Close(PartSum sum, AudioFaults faults)
    {
        faults.Truncated |= !_isEnded;
        sum.Add(Math.Max(0, _lastGranule - codec.PreSkip), codec.SampleRate, _audioBytes, codec.Bitrate);
    }
}
