using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts;

/// <summary>An output format with one sample rate and number of channels that it takes, as Get-TtsFormat gives it.</summary>
public sealed class TtsFormat
{
    private TtsFormat(FormatEntry format, BitrateRange? range = null, int? channels = null)
    {
        OutputFormat = format.Name;
        SampleRate = range?.SampleRate;
        Channels = channels;
        MinBitrate = range?.Min;
        MaxBitrate = range?.Max;
        Bitrates = range is null ? [] : [.. format.Steps.Last(s => s.FromSampleRate <= range.SampleRate).Kbps.Where(range.Allows)];
        Extension = format.Extension;
    }

    /// <summary>The whole table: a row for each format, rate and channels, and one for each lossless format.</summary>
    public static IReadOnlyList<TtsFormat> All { get; } = [.. SpeechCatalog.Formats.SelectMany(Rows)];

    public string OutputFormat { get; }

    /// <summary>Hz; null where it cannot be asked for.</summary>
    public int? SampleRate { get; }

    /// <summary>1 is mono, 2 is stereo; null where it cannot be asked for.</summary>
    public int? Channels { get; }

    /// <summary>kbps; null for a lossless format.</summary>
    public int? MinBitrate { get; }

    /// <summary>kbps; null for a lossless format.</summary>
    public int? MaxBitrate { get; }

    /// <summary>What is worth choosing between the two: the steps of MPEG for MP3, even ones for OGG.</summary>
    public IReadOnlyList<int> Bitrates { get; }

    public string Extension { get; }

    public override string ToString() => SampleRate is null ? OutputFormat : $"{OutputFormat} {FormatRules.Settings(SampleRate, Channels)}";

    /// <summary>The rows of a sample rate and a number of channels, which are cells of a row: blank means any.</summary>
    /// <exception cref="TtsException">InvalidRequest.SampleRate, InvalidRequest.Channels for one that no format has.</exception>
    public static IReadOnlyList<TtsFormat> Find(string? sampleRate, string? channels)
    {
        Findings findings = new();
        int? rate = FormatRules.SampleRate(sampleRate, findings);
        int? count = FormatRules.Channels(channels, findings);
        if (rate is not null && All.All(f => f.SampleRate != rate))
            findings.Refuse("SampleRate", $"SampleRate {rate} Hz is one that no format has. Allowed: {string.Join(", ", All.Select(f => f.SampleRate).OfType<int>().Distinct().OrderBy(r => r))}.");
        if (count is not (null or 1 or 2))
            findings.Refuse("Channels", FormatRules.UnknownChannels(count.Value));
        if (findings.Problems.Count > 0)
            throw Errors.InvalidRow(findings.Problems);
        return [.. All.Where(f => (rate is null || f.SampleRate == rate) && (count is null || f.Channels == count))];
    }

    internal bool Allows(int bitrate) => bitrate >= MinBitrate && bitrate <= MaxBitrate;

    private static IEnumerable<TtsFormat> Rows(FormatEntry format) => format.IsLossy
        ? format.Bitrates
            .SelectMany(range => range.Channels.Select(channels => new TtsFormat(format, range, channels)))
            .OrderBy(f => f.SampleRate).ThenBy(f => f.Channels)
        : [new TtsFormat(format)];
}
