namespace RunwareTts.Audio;

/// <summary>Adds up the parts of a file, counted at the sample rate of the first.</summary>
internal sealed class PartSum
{
    private int _rate;
    private long _bytes;
    private int? _bitrate;

    public long Samples { get; private set; }

    /// <summary>Samples that decoders trim.</summary>
    public int Trimmed { get; set; }

    public void Add(long samples, int rate, long bytes, int? bitrate = null)
    {
        if (_rate == 0) (_rate, _bitrate) = (rate, bitrate);
        else if (_bitrate != bitrate) _bitrate = null;
        Samples = SampleMath.Add(Samples, SampleMath.Rescale(samples, rate, _rate));
        _bytes += bytes;
    }

    public TtsAudioInfo Describe(string format, string codec, int channels, AudioFaults faults)
    {
        var duration = SampleMath.ToDuration(Math.Max(0, Samples - Trimmed), _rate);
        var average = SampleMath.ToKbps(_bytes, Samples, _rate);
        return new TtsAudioInfo(format, codec, duration, _rate, channels, _bitrate, average) { Faults = faults.Names };
    }
}
