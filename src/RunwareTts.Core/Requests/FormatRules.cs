using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Format, sample rate, channels and bitrate, by the tables of the model pages (audioSettings).</summary>
internal static class FormatRules
{
    public static FormatEntry Read(SpeechRow row, Findings findings)
    {
        FormatEntry? byExtension = ByExtension(Cell.Clean(row.OutputPath), findings);
        if (Cell.Clean(row.OutputFormat) is not { } value)
            return byExtension ?? SpeechCatalog.Formats[0];

        FormatEntry? format = SpeechCatalog.FindFormat(value);
        if (format is null)
            findings.Refuse("OutputFormat", $"OutputFormat '{value}' is unknown. Allowed: {Names}.");
        else if (byExtension is not null && byExtension != format)
            findings.Refuse("OutputFormat", $"OutputFormat {format.Name} disagrees with the extension of OutputPath '{row.OutputPath}'. Leave one out, or make it {format.Extension}.");
        return format ?? SpeechCatalog.Formats[0];
    }

    public static void Check(FormatEntry format, int? bitrate, int? sampleRate, int? channels, Findings findings)
    {
        if (!format.IsLossy)
        {
            foreach ((string parameter, int? value) in new[] { ("Bitrate", bitrate), ("SampleRate", sampleRate), ("Channels", channels) })
            {
                if (value is not null)
                    findings.Refuse(parameter, $"{parameter} {value} cannot be asked of {format.Name}, which is lossless and takes no audio settings. Leave it out, or use {string.Join(" or ", Lossy)}.");
            }

            return;
        }

        if (channels is not (null or 1 or 2))
        {
            findings.Refuse("Channels", $"Channels {channels} is not allowed: 1 is mono, 2 is stereo.");
            channels = null;
        }

        int[] rates = [.. format.Bitrates.Select(r => r.SampleRate).Distinct()];
        if (sampleRate is not null && !rates.Contains(sampleRate.Value))
            findings.Refuse("SampleRate", $"SampleRate {sampleRate} Hz is not one that {format.Name} has. Allowed: {string.Join(", ", rates)}.");
        else if (bitrate is not null)
            CheckBitrate(format, bitrate.Value, sampleRate, channels, findings);
    }

    /// <summary>The rows of the table that can hold this request; without a number of channels the page's default counts.</summary>
    public static IEnumerable<BitrateRange> Rows(FormatEntry format, int? sampleRate, int? channels) =>
        format.Bitrates.Where(r => (sampleRate is null || r.SampleRate == sampleRate) && r.Channels.Contains(channels ?? SpeechCatalog.Limits.DefaultChannels));

    private static void CheckBitrate(FormatEntry format, int bitrate, int? sampleRate, int? channels, Findings findings)
    {
        BitrateRange[] rows = [.. Rows(format, sampleRate, channels)];
        if (rows.Any(r => bitrate >= r.Min && bitrate <= r.Max))
            return;

        string what = $"{format.Name}{(sampleRate is null ? "" : $" {sampleRate} Hz")} {((channels ?? SpeechCatalog.Limits.DefaultChannels) == 1 ? "mono" : "stereo")}{(channels is null ? " (the default)" : "")}";
        int[] fitting = [.. format.Bitrates.Where(r => r.Channels.Contains(channels ?? SpeechCatalog.Limits.DefaultChannels) && bitrate >= r.Min && bitrate <= r.Max).Select(r => r.SampleRate)];
        findings.Refuse("Bitrate", $"Bitrate {bitrate} kbps is outside {rows.Min(r => r.Min)} to {rows.Max(r => r.Max)} for {what}. Choose one in that range{(fitting.Length > 0 ? $", or SampleRate {string.Join(" or ", fitting)}" : "")}.");
    }

    private static FormatEntry? ByExtension(string? path, Findings findings)
    {
        if (path is null)
            return null;
        string extension = path.Substring(path.LastIndexOfAny(['.', '/', '\\']) is int i and >= 0 ? i : 0);
        if (!extension.StartsWith(".", StringComparison.Ordinal))
            return null;
        if (SpeechCatalog.FindFormatByExtension(extension) is { } format)
            return format;

        // The ledger's name is refused later, as a name.
        if (extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
            return null;

        // "v1.2 intro" has no extension; "intro.m4a" has one that would not tell the truth.
        if (extension.Length is > 1 and <= 6 && extension.Skip(1).All(char.IsLetterOrDigit) && extension.Any(char.IsLetter))
            findings.Refuse("OutputPath", $"OutputPath '{path}' ends in {extension}, which is no format of this service. Allowed: {string.Join(", ", SpeechCatalog.Formats.Select(f => f.Extension))}, or no extension.");
        return null;
    }

    private static string Names => string.Join(", ", SpeechCatalog.Formats.Select(f => f.Name));

    private static IEnumerable<string> Lossy => SpeechCatalog.Formats.Where(f => f.IsLossy).Select(f => f.Name);
}
