using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>The request of a row, or everything that is wrong with it.</summary>
public sealed record RowReading(
    SpeechRequest? Request, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Warnings);

/// <summary>Turns a row of strings into a request, by the catalogue, before anything is sent.</summary>
public static class RowReader
{
    // 0.1 + 0.2 is off by less than this, and is rounded; 1.005 is off by more, and is refused.
    private const decimal Dust = 0.000_000_1m;

    /// <param name="row">The row.</param>
    /// <param name="isSplit">The text may be longer than the service accepts.</param>
    /// <param name="voices">The kept voices; null for none.</param>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public static RowReading Read(SpeechRow row, bool isSplit = false, IVoiceLookup? voices = null)
    {
        if (row.Refusal is { } refusal)
            return new RowReading(null, [refusal], []);

        Findings findings = new();
        CellRules.Check(row, findings);
        if (findings.Problems.Count > 0)
            return new RowReading(null, findings.Problems, []);
        SpeechRequest request = Read(row, findings, isSplit, voices ?? NoKeptVoices.Instance);
        return new RowReading(findings.Problems.Count == 0 ? request : null, findings.Problems, findings.Warnings);
    }

    private static SpeechRequest Read(SpeechRow row, Findings findings, bool isSplit, IVoiceLookup voices)
    {
        string text = TextRules.Read(row, findings, isSplit);
        VoiceChoice voice = new VoiceRules(voices, findings).Read(row);
        AudioFormat format = FormatRules.Read(row, findings);
        int? bitrate = CellParser.ReadInteger(
            "Bitrate", row.Bitrate, " of kbps", findings, "Write digits only, such as 128.");
        int? sampleRate = FormatRules.ReadSampleRate(row.SampleRate, findings);
        int? channels = FormatRules.ReadChannels(row.Channels, findings);
        FormatRules.Check(format, bitrate, sampleRate, channels, findings);
        string? outputType = ReadOutputType(row, findings);

        return new SpeechRequest
        {
            Id = CellParser.Clean(row.Id),
            Text = text,
            Model = voice.Model,
            Voice = voice.Voice,
            Style = voice.Style,
            VoiceDescription = voice.Description,
            ReferenceAudio = voice.ReferenceAudio,
            Transcript = voice.Transcript,
            KeptVoice = voice.Kept,
            Option = OptionRules.Read(row.Option, SpeechCatalog.FindModel(voice.Model) is not null, findings),
            Language = ReadLanguage(row, findings),
            Speed = ReadSpeed(row, findings),
            OutputFormat = format.Name,
            Bitrate = bitrate,
            SampleRate = sampleRate,
            Channels = channels,
            OutputPath = CellParser.Clean(row.OutputPath),
            NumberResults = ReadNumberResults(row, voice.Model, findings),
            MaxNewTokens = ReadAtLeast("MaxNewTokens", row.MaxNewTokens, 1, "", findings),
            OutputType = outputType,
            Ttl = ReadTtl(row, outputType, findings),
            WebhookUrl = CellParser.ReadUrl("WebhookUrl", row.WebhookUrl, findings),
            UploadEndpoint = CellParser.ReadUrl("UploadEndpoint", row.UploadEndpoint, findings),
            Tags = AudioTags.Read(row.Tag, findings),
        };
    }

    private static string? ReadLanguage(SpeechRow row, Findings findings)
    {
        if (CellParser.Clean(row.Language) is not { } value)
            return null;
        TtsLanguage? language = SpeechCatalog.FindLanguage(value);
        if (language is null)
            findings.Refuse("Language", Errors.UnknownLanguage(value).Message);
        return language?.Name;
    }

    private static decimal? ReadSpeed(SpeechRow row, Findings findings)
    {
        bool isColumn = row.Columns.Contains("Speed", StringComparer.OrdinalIgnoreCase);
        if (CellParser.ReadDecimal("Speed", row.Speed, findings, isColumn) is not { } value)
            return null;

        Limits limits = SpeechCatalog.Limits;
        decimal rounded = Math.Round(value, 2);
        if (value < limits.MinSpeed - Dust || value > limits.MaxSpeed + Dust)
            findings.Refuse("Speed", FormattableString.Invariant(
                $"Speed {value} is outside {limits.MinSpeed} to {limits.MaxSpeed}. ")
                + FormattableString.Invariant(
                    $"{limits.DefaultSpeed} is the usual pace, {limits.DefaultSpeed * 2} twice as fast."));
        else if (Math.Abs(value - rounded) > Dust)
            findings.Refuse("Speed", FormattableString.Invariant(
                $"Speed {value} is finer than the step of {limits.SpeedStep}. Write {rounded}."));
        return rounded;
    }

    private static int ReadNumberResults(SpeechRow row, string model, Findings findings)
    {
        int min = SpeechCatalog.Limits.MinResults;
        if (CellParser.ReadInteger("NumberResults", row.NumberResults, "", findings, "Write digits only, such as 2.")
            is not { } value)
            return min;

        TtsModel? known = SpeechCatalog.FindModel(model);
        int max = known?.MaxNumberResults ?? SpeechCatalog.MaxResults;
        if (value < min || value > max)
            findings.Refuse("NumberResults", FormattableString.Invariant(
                $"NumberResults {value} is outside {min} to {max} for {known?.Name ?? model}. ")
                + (value > max ? "Ask for more in further rows." : "Leave it out for one."));
        return value;
    }

    private static string? ReadOutputType(SpeechRow row, Findings findings)
    {
        if (CellParser.Clean(row.OutputType) is not { } value)
            return null;
        string? type = SpeechCatalog.OutputTypes
            .FirstOrDefault(t => t.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (type is null)
            findings.Refuse("OutputType", $"OutputType '{value}' is unknown. "
                + $"Allowed: {string.Join(", ", SpeechCatalog.OutputTypes)}. It is how the service delivers the "
                + "audio; for a file leave it out, and give an OutputPath or -OutputDirectory.");
        return type;
    }

    private static int? ReadTtl(SpeechRow row, string? outputType, Findings findings)
    {
        string url = SpeechCatalog.OutputTypes[0];
        int? ttl = ReadAtLeast("Ttl", row.Ttl, SpeechCatalog.Limits.MinTtl, " of seconds", findings);
        if (ttl is not null && outputType is not null && outputType != url)
            findings.Refuse("Ttl", $"Ttl {ttl} is allowed with OutputType {url} only, not with {outputType}. "
                + "Leave one of the two out.");
        return ttl;
    }

    private static int? ReadAtLeast(string parameter, string? cell, int min, string unit, Findings findings)
    {
        int? value = CellParser.ReadInteger(parameter, cell, unit, findings, $"Write digits only, {min} or more.");
        if (value < min)
            findings.Refuse(parameter, $"{parameter} {value} is below {min}{unit.Replace(" of", "")}. "
                + $"Give {min} or more, or leave it out.");
        return value;
    }
}
