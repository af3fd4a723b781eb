namespace RunwareTts;

/// <summary>A row of the format table: an output format with one sample rate and number of channels.</summary>
public sealed class TtsFormat
{
    public required string OutputFormat { get; init; }

    /// <summary>Hz; null for a lossless format.</summary>
    public int? SampleRate { get; init; }

    /// <summary>1 is mono, 2 is stereo; null for a lossless format.</summary>
    public int? Channels { get; init; }

    /// <summary>kbps; null for a lossless format.</summary>
    public int? MinBitrate { get; init; }

    /// <summary>kbps; null for a lossless format.</summary>
    public int? MaxBitrate { get; init; }

    /// <summary>The useful bitrates of that range: all that MPEG has for MP3, even steps for OGG.</summary>
    public IReadOnlyList<int> Bitrates { get; init; } = [];

    public required string Extension { get; init; }

    public override string ToString() =>
        SampleRate is null ? OutputFormat : $"{OutputFormat} {Settings(SampleRate, Channels)}";

    internal bool Allows(int bitrate) => bitrate >= MinBitrate && bitrate <= MaxBitrate;

    /// <summary>How a sample rate and channels are written in messages: <c>24000 Hz mono</c>.</summary>
    internal static string Settings(int? sampleRate, int? channels)
    {
        string rate = sampleRate is null ? "" : $"{sampleRate} Hz ";
        string sound = channels switch { null => "", 1 => "mono", 2 => "stereo", _ => $"{channels} channels" };
        return (rate + sound).TrimEnd();
    }
}
