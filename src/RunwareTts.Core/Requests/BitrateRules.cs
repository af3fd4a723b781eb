using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Checks a bitrate against the rows of the table that its sample rate and channels leave.</summary>
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
        string settings = TtsFormat.Settings(sampleRate, counted) + (channels is null ? " (the default)" : "");
        string[] changes = [.. Changes(format, bitrate, sampleRate, counted)];
        string keep = changes.Length == 0 ? "" : $", or keep {bitrate} with {string.Join(", or with ", changes)}";
        findings.Refuse("Bitrate", $"Bitrate {bitrate} kbps is outside {min} to {max} for {format.Name} {settings}. "
            + $"Use {(bitrate < min ? min : max)}, the nearest{keep}. Get-TtsFormat {format.Name} lists all.");
    }

    /// <summary>The smallest changes by which this bitrate would be allowed.</summary>
    private static IEnumerable<string> Changes(AudioFormat format, int bitrate, int? sampleRate, int channels)
    {
        TtsFormat[] all = [.. SpeechCatalog.FormatRows.Where(f => f.Allows(bitrate))];
        TtsFormat[] own = [.. all.Where(f => f.OutputFormat == format.Name)];
        TtsFormat[] sameRate = [.. all.Where(f => sampleRate is null || f.SampleRate == sampleRate)];
        TtsFormat[] otherRate = [.. own.Where(f => f.Channels == channels)];
        TtsFormat[] otherChannels = [.. sameRate.Intersect(own).Except(otherRate)];
        TtsFormat[] otherFormat = [.. sameRate.Where(f => f.Channels == channels)];
        if (otherRate.Length > 0)
            yield return $"SampleRate {Words.Or(otherRate.Select(f => f.SampleRate))}";
        if (otherChannels.Length > 0)
            yield return $"Channels {otherChannels[0].Channels}";
        if (otherRate.Length + otherChannels.Length > 0)
            yield break;

        if (own.Length > 0)
            yield return $"SampleRate {Words.Or(own.Select(f => f.SampleRate))} and Channels {own[0].Channels}";
        else if (otherFormat.Length > 0)
            yield return $"OutputFormat {Words.Or(otherFormat.Select(f => f.OutputFormat).Distinct())}";
    }
}
