using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>A bitrate is held against its row of the table; without a sample rate, against all rows of its channels.</summary>
internal static class BitrateRules
{
    public static void Check(AudioFormat format, int bitrate, int? sampleRate, int? channels, Findings findings)
    {
        TtsFormat[] rows = [.. FormatRules.Rows(format, sampleRate, channels)];
        if (rows.Any(r => r.Allows(bitrate)))
            return;

        int counted = channels ?? SpeechCatalog.Limits.DefaultChannels;
        int min = rows.Min(r => r.MinBitrate!.Value);
        int max = rows.Max(r => r.MaxBitrate!.Value);
        string[] places = [.. Places(format, bitrate, sampleRate, counted)];
        string keep = places.Length == 0 ? "" : $", or keep {bitrate} with {string.Join(", or with ", places)}";
        findings.Refuse("Bitrate", $"Bitrate {bitrate} kbps is outside {min} to {max} for {format.Name} {TtsFormat.Settings(sampleRate, counted)}{(channels is null ? " (the default)" : "")}. "
            + $"Use {(bitrate < min ? min : max)}, the nearest{keep}. Get-TtsFormat {format.Name} lists all.");
    }

    /// <summary>The smallest changes by which this bitrate would be allowed.</summary>
    private static IEnumerable<string> Places(AudioFormat format, int bitrate, int? sampleRate, int channels)
    {
        TtsFormat[] all = [.. SpeechCatalog.FormatRows.Where(f => f.Allows(bitrate))];
        TtsFormat[] own = [.. all.Where(f => f.OutputFormat == format.Name)];
        TtsFormat[] otherRate = [.. own.Where(f => f.Channels == channels)];
        TtsFormat[] otherChannels = [.. own.Where(f => f.Channels != channels && (sampleRate is null || f.SampleRate == sampleRate))];
        if (otherRate.Length > 0)
            yield return $"SampleRate {Words.Or(otherRate.Select(f => f.SampleRate))}";
        if (otherChannels.Length > 0)
            yield return $"Channels {otherChannels[0].Channels}";
        if (otherRate.Length + otherChannels.Length > 0)
            yield break;

        TtsFormat[] otherFormat = [.. all.Where(f => f.Channels == channels && (sampleRate is null || f.SampleRate == sampleRate))];
        if (own.Length > 0)
            yield return $"SampleRate {Words.Or(own.Select(f => f.SampleRate))} and Channels {own[0].Channels}";
        else if (otherFormat.Length > 0)
            yield return $"OutputFormat {Words.Or(otherFormat.Select(f => f.OutputFormat).Distinct())}";
    }
}
