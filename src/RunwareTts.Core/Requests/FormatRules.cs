using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Format, sample rate, channels and bitrate, by the tables of the model pages (audioSettings).</summary>
internal static class FormatRules
{
    private const string RightChannels = "Write 1 for mono or 2 for stereo.";
    private const int MaxExtension = 6;

    /// <summary>The format that a row asks for; where it asks for an unknown one, the default.</summary>
    public static AudioFormat Read(SpeechRow row, Findings findings)
    {
        string? path = CellParser.Clean(row.OutputPath);
        AudioFormat? byExtension = ReadExtension(path, findings);
        if (CellParser.Clean(row.OutputFormat) is not { } value)
            return byExtension ?? SpeechCatalog.Formats[0];

        AudioFormat? format = SpeechCatalog.FindFormat(value);
        if (format is null)
        {
            string meant = SpeechCatalog.FindFormatByExtension(value) is { } other ? $"Write {other.Name}. " : "";
            findings.Refuse("OutputFormat", $"OutputFormat '{value}' is unknown. {meant}Allowed: "
                + $"{string.Join(", ", SpeechCatalog.Formats.Select(f => f.Name))}.");
        }
        else if (byExtension is not null && byExtension != format)
        {
            findings.Refuse("OutputFormat", $"OutputFormat {format.Name} disagrees with the extension of OutputPath "
                + $"'{path}'. Leave OutputFormat out for {byExtension.Name}, or end the path in {format.Extension}.");
        }

        return format ?? SpeechCatalog.Formats[0];
    }

    public static int? ReadSampleRate(string? cell, Findings findings) =>
        CellParser.ReadInteger("SampleRate", cell, " of Hz", findings, "Write digits only, such as 24000.");

    public static int? ReadChannels(string? cell, Findings findings)
    {
        int? value = CellParser.ReadInteger("Channels", cell, "", findings, RightChannels);
        if (value is null or 1 or 2)
            return value;
        findings.Refuse("Channels", $"Channels {value} is not allowed. {RightChannels}");
        return null;
    }

    /// <summary>Checks the settings against the format's rows of the table.</summary>
    public static void Check(AudioFormat format, int? bitrate, int? sampleRate, int? channels, Findings findings)
    {
        if (!format.IsLossy)
        {
            RefuseSetting(format, "Bitrate", bitrate, findings);
            RefuseSetting(format, "SampleRate", sampleRate, findings);
            RefuseSetting(format, "Channels", channels, findings);
        }
        else if (sampleRate is not null && !format.SampleRates.Contains(sampleRate.Value))
        {
            findings.Refuse("SampleRate", UnknownRate(format, sampleRate.Value));
        }
        else if (bitrate is not null)
        {
            BitrateRules.Check(format, bitrate.Value, sampleRate, channels, findings);
        }
    }

    /// <summary>The rows of the table that can hold this request; without channels the page's default counts.</summary>
    public static IEnumerable<TtsFormat> Rows(AudioFormat format, int? sampleRate, int? channels) =>
        format.Rows.Where(r => (sampleRate is null || r.SampleRate == sampleRate)
            && r.Channels == (channels ?? SpeechCatalog.Limits.DefaultChannels));

    /// <summary>The rows of all formats with this sample rate and channels, which are cells: blank means any.</summary>
    /// <exception cref="TtsException">InvalidRequest.SampleRate, InvalidRequest.Channels for unknown ones.</exception>
    public static IReadOnlyList<TtsFormat> Find(string? sampleRate, string? channels)
    {
        Findings findings = new();
        int? rate = ReadSampleRate(sampleRate, findings);
        int? count = ReadChannels(channels, findings);
        IEnumerable<int> rates = SpeechCatalog.Formats.SelectMany(f => f.SampleRates).Distinct();
        if (rate is not null && !rates.Contains(rate.Value))
            findings.Refuse("SampleRate", $"SampleRate {rate} Hz is not in any format. "
                + $"Allowed: {string.Join(", ", rates.OrderBy(r => r))}.");
        if (findings.Problems.Count > 0)
            throw Errors.InvalidRow(findings.Problems);
        return [.. SpeechCatalog.FormatRows.Where(f =>
            (rate is null || f.SampleRate == rate) && (count is null || f.Channels == count))];
    }

    /// <summary>The format of a path's extension, or null.</summary>
    public static AudioFormat? ReadExtension(string? path, Findings findings)
    {
        string name = path is null ? "" : path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        if (name.LastIndexOf('.') is not (>= 0 and int dot))
            return null;
        string extension = name.Substring(dot);
        if (SpeechCatalog.FindFormatByExtension(extension) is { } format)
            return format;

        // "v1.2 intro" has no extension; "intro.m4a" has one that would be wrong. The ledger's name is refused later.
        bool isExtension = extension.Length is > 1 and <= MaxExtension
            && extension.Skip(1).All(char.IsLetterOrDigit) && extension.Any(char.IsLetter);
        if (isExtension && !extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
            findings.Refuse("OutputPath", $"OutputPath '{path}' ends in {extension}, which is not a format of this "
                + $"service. Allowed: {string.Join(", ", SpeechCatalog.Formats.Select(f => f.Extension))}, "
                + "or no extension.");
        return null;
    }

    private static void RefuseSetting(AudioFormat format, string parameter, int? value, Findings findings)
    {
        if (value is not null)
            findings.Refuse(parameter, $"{parameter} {value} is not allowed for {format.Name}, which is lossless and "
                + "takes no audio settings. Leave it out, or use "
                + $"{Words.Or(SpeechCatalog.Formats.Where(f => f.IsLossy).Select(f => f.Name))}.");
    }

    private static string UnknownRate(AudioFormat format, int value)
    {
        // 48 is meant as kHz.
        long meant = value is > 0 and < 1000 ? value * 1000 : value;
        string[] others = [.. SpeechCatalog.Formats.Where(f => f.SampleRates.Contains(value)).Select(f => f.Name)];
        string other = others.Length > 0 ? $", or OutputFormat {Words.Or(others)}, which has {value}" : "";
        return $"{format.Name} has no SampleRate {value} Hz. Allowed: {string.Join(", ", format.SampleRates)}. "
            + $"Use {format.SampleRates.OrderBy(r => Math.Abs(r - meant)).First()}, the nearest{other}.";
    }
}
