using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Format, sample rate, channels and bitrate, by the tables of the model pages (audioSettings).</summary>
internal static class FormatRules
{
    private const string RightChannels = "Write 1 for mono or 2 for stereo.";

    public static AudioFormat Read(SpeechRow row, Findings findings)
    {
        string? path = Cell.Clean(row.OutputPath);
        AudioFormat? byExtension = ByExtension(path, findings);
        if (Cell.Clean(row.OutputFormat) is not { } value)
            return byExtension ?? SpeechCatalog.Formats[0];

        AudioFormat? format = SpeechCatalog.FindFormat(value);
        if (format is null)
            findings.Refuse("OutputFormat", $"OutputFormat '{value}' is unknown. {(SpeechCatalog.FindFormatByExtension(value) is { } meant ? $"Write {meant.Name}. " : "")}Allowed: {Names}.");
        else if (byExtension is not null && byExtension != format)
            findings.Refuse("OutputFormat", $"OutputFormat {format.Name} disagrees with the extension of OutputPath '{path}'. Leave OutputFormat out for {byExtension.Name}, or end the path in {format.Extension}.");
        return format ?? SpeechCatalog.Formats[0];
    }

    public static int? SampleRate(string? cell, Findings findings) => Cell.Integer("SampleRate", cell, " of Hz", findings, "Write digits only, such as 24000.");

    public static int? Channels(string? cell, Findings findings) => Cell.Integer("Channels", cell, "", findings, RightChannels);

    public static void Check(AudioFormat format, int? bitrate, int? sampleRate, int? channels, Findings findings)
    {
        if (!format.IsLossy)
        {
            foreach ((string parameter, int? value) in new[] { ("Bitrate", bitrate), ("SampleRate", sampleRate), ("Channels", channels) })
            {
                if (value is not null)
                    findings.Refuse(parameter, $"{parameter} {value} cannot be asked of {format.Name}, which is lossless and takes no audio settings. Leave it out, or use {Words.Or(Lossy)}.");
            }

            return;
        }

        if (channels is not (null or 1 or 2))
        {
            findings.Refuse("Channels", UnknownChannels(channels.Value));
            channels = null;
        }

        if (sampleRate is not null && !format.SampleRates.Contains(sampleRate.Value))
            findings.Refuse("SampleRate", UnknownRate(format, sampleRate.Value));
        else if (bitrate is not null)
            BitrateRules.Check(format, bitrate.Value, sampleRate, channels, findings);
    }

    /// <summary>The rows of the table that can hold this request; without a number of channels the page's default counts.</summary>
    public static IEnumerable<TtsFormat> Rows(AudioFormat format, int? sampleRate, int? channels) =>
        format.Rows.Where(r => (sampleRate is null || r.SampleRate == sampleRate)
            && r.Channels == (channels ?? SpeechCatalog.Limits.DefaultChannels));

    /// <summary>The rows of a sample rate and a number of channels, which are cells of a row: blank means any.</summary>
    /// <exception cref="TtsException">InvalidRequest.SampleRate, InvalidRequest.Channels for one that no format has.</exception>
    public static IReadOnlyList<TtsFormat> Find(string? sampleRate, string? channels)
    {
        Findings findings = new();
        int? rate = SampleRate(sampleRate, findings);
        int? count = Channels(channels, findings);
        IEnumerable<int> rates = SpeechCatalog.Formats.SelectMany(f => f.SampleRates).Distinct();
        if (rate is not null && !rates.Contains(rate.Value))
            findings.Refuse("SampleRate", $"SampleRate {rate} Hz is not in any format. "
                + $"Allowed: {string.Join(", ", rates.OrderBy(r => r))}.");
        if (count is not (null or 1 or 2))
            findings.Refuse("Channels", UnknownChannels(count.Value));
        if (findings.Problems.Count > 0)
            throw Errors.InvalidRow(findings.Problems);
        return [.. SpeechCatalog.FormatRows.Where(f =>
            (rate is null || f.SampleRate == rate) && (count is null || f.Channels == count))];
    }

    /// <summary>The format that a path's extension says, or null.</summary>
    public static AudioFormat? ByExtension(string? path, Findings findings)
    {
        if (path is null)
            return null;
        string extension = path.Substring(path.LastIndexOfAny(['.', '/', '\\']) is int i and >= 0 ? i : 0);
        if (!extension.StartsWith('.'))
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

    public static string UnknownChannels(int value) => $"Channels {value} is not allowed. {RightChannels}";

    private static string UnknownRate(AudioFormat format, int value)
    {
        // 48 is meant as kHz.
        long meant = value is > 0 and < 1000 ? value * 1000 : value;
        IEnumerable<string> others = SpeechCatalog.Formats.Where(f => f.SampleRates.Contains(value)).Select(f => f.Name);
        return $"SampleRate {value} Hz is not one that {format.Name} has. Allowed: {string.Join(", ", format.SampleRates)}. "
            + $"Use {format.SampleRates.OrderBy(r => Math.Abs(r - meant)).First()}, the nearest{(others.Any() ? $", or OutputFormat {Words.Or(others)}, which has {value}" : "")}.";
    }

    private static string Names => string.Join(", ", SpeechCatalog.Formats.Select(f => f.Name));

    private static IEnumerable<string> Lossy => SpeechCatalog.Formats.Where(f => f.IsLossy).Select(f => f.Name);
}
