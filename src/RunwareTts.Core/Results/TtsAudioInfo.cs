using System.Globalization;

namespace RunwareTts;

/// <summary>What an audio file really is, read from its bytes and not from its name.</summary>
public sealed record TtsAudioInfo : TtsResult
{
    internal TtsAudioInfo(
        string format,
        string codec,
        TimeSpan duration,
        int sampleRate,
        int channels,
        int? bitrate,
        int averageBitrate)
    {
        Format = format;
        Codec = codec;
        Duration = duration;
        SampleRate = sampleRate;
        Channels = channels;
        Bitrate = bitrate;
        AverageBitrate = averageBitrate;
    }

    /// <summary>The file; null where the bytes are in none.</summary>
    public string? Path { get; internal init; }

    /// <summary>MP3, WAV, FLAC or OGG.</summary>
    public string Format { get; }

    /// <summary>What the container holds: MP3, PCM, FLAC, Vorbis, Opus and others.</summary>
    public string Codec { get; }

    /// <summary>Length from the count of samples, cut to whole ticks.</summary>
    public TimeSpan Duration { get; }

    public int SampleRate { get; }

    public int Channels { get; }

    /// <summary>Nominal kbps; null where the format has none or the rate varies.</summary>
    public int? Bitrate { get; }

    /// <summary>Measured kbps of the audio alone, without tags and headers.</summary>
    public int AverageBitrate { get; }

    /// <summary>Truncated, Joined, Damaged, TrailingData; none of a clean file.</summary>
    public IReadOnlyList<string> Faults { get; internal init; } = [];

    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1} Hz, {2} ch, {3:0.###} s",
            Codec, SampleRate, Channels, Duration.TotalSeconds)
        + string.Concat(Faults.Select(fault => $", {fault}"));
}
