using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>What became of a row: a request, or everything that is wrong with it.</summary>
public sealed record RowReading(SpeechRequest? Request, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Warnings);

/// <summary>Turns a row of strings into a request, by the catalogue, before anything is sent.</summary>
public static class RowReader
{
    /// <param name="row">The row.</param>
    /// <param name="isSplit">A text may be longer than the service takes.</param>
    public static RowReading Read(SpeechRow row, bool isSplit = false)
    {
        if (row.Refusal is { } refusal)
            return new RowReading(null, [refusal], []);

        Findings findings = new();
        CellRules.Check(row, findings);
        if (findings.Problems.Count > 0)
            return new RowReading(null, findings.Problems, []);
        SpeechRequest request = Read(row, findings, isSplit);
        return new RowReading(findings.Problems.Count == 0 ? request : null, findings.Problems, findings.Warnings);
    }

    private static SpeechRequest Read(SpeechRow row, Findings findings, bool isSplit)
    {
        string text = TextRules.Read(row, findings, isSplit);
        (string model, string voice, string? style, string? description) = VoiceRules.Read(row, findings);
        AudioFormat format = FormatRules.Read(row, findings);
        int? bitrate = Cell.Integer("Bitrate", row.Bitrate, " of kbps", findings, "Write digits only, such as 128.");
        int? sampleRate = FormatRules.SampleRate(row.SampleRate, findings);
        int? channels = FormatRules.Channels(row.Channels, findings);
        FormatRules.Check(format, bitrate, sampleRate, channels, findings);
        string? outputType = OutputType(row, findings);

        return new SpeechRequest
        {
            Id = Cell.Clean(row.Id),
            Text = text,
            Model = model,
            Voice = voice,
            Style = style,
            VoiceDescription = description,
            Language = Language(row, findings),
            Speed = Speed(row, findings),
            OutputFormat = format.Name,
            Bitrate = bitrate,
            SampleRate = sampleRate,
            Channels = channels,
            OutputPath = Cell.Clean(row.OutputPath),
            NumberResults = NumberResults(row, model, findings),
            MaxNewTokens = AtLeast("MaxNewTokens", row.MaxNewTokens, 1, "", findings),
            OutputType = outputType,
            Ttl = Ttl(row, outputType, findings),
            WebhookUrl = Cell.Url("WebhookUrl", row.WebhookUrl, findings),
            UploadEndpoint = Cell.Url("UploadEndpoint", row.UploadEndpoint, findings),
            Tags = AudioTags.Read(row.Tag, findings),
        };
    }

    private static string? Language(SpeechRow row, Findings findings)
    {
        if (Cell.Clean(row.Language) is not { } value)
            return null;
        TtsLanguage? language = SpeechCatalog.FindLanguage(value);
        if (language is null)
            findings.Refuse("Language", Errors.UnknownLanguage(value).Message);
        return language?.Name;
    }

    private static decimal? Speed(SpeechRow row, Findings findings)
    {
        if (Cell.Decimal("Speed", row.Speed, findings, isColumn: row.Columns.Contains(
            "Speed", StringComparer.OrdinalIgnoreCase)) is not { } value)
            return null;

        // 0.1 + 0.2 leaves dust in the seventeenth digit; 1.005 is a wish that the service does not know.
        const decimal Dust = 0.000_000_1m;
        Limits limits = SpeechCatalog.Limits;
        decimal rounded = Math.Round(value, 2);
        if (value < limits.MinSpeed - Dust || value > limits.MaxSpeed + Dust)
            findings.Refuse("Speed", FormattableString.Invariant($"Speed {value} is outside {limits.MinSpeed} to {limits.MaxSpeed}. {limits.DefaultSpeed} is the usual pace, {limits.DefaultSpeed * 2} twice as fast."));
        else if (Math.Abs(value - rounded) > Dust)
            findings.Refuse("Speed", FormattableString.Invariant($"Speed {value} is finer than the step of {limits.SpeedStep}. Write {rounded}."));
        return rounded;
    }

    private static int NumberResults(SpeechRow row, string model, Findings findings)
    {
        if (Cell.Integer("NumberResults", row.NumberResults, "", findings, "Write digits only, such as 2.") is not { } value)
            return SpeechCatalog.Limits.MinResults;

        TtsModel? known = SpeechCatalog.FindModel(model);
        int most = known?.MaxNumberResults ?? SpeechCatalog.MaxResults;
        if (value < SpeechCatalog.Limits.MinResults || value > most)
            findings.Refuse("NumberResults", FormattableString.Invariant($"NumberResults {value} is outside {SpeechCatalog.Limits.MinResults} to {most} for {known?.Name ?? model}. {(value > most ? "Ask for more in further rows" : "Leave it out for one")}."));
        return value;
    }

    private static string? OutputType(SpeechRow row, Findings findings)
    {
        if (Cell.Clean(row.OutputType) is not { } value)
            return null;
        string? type = SpeechCatalog.OutputTypes.FirstOrDefault(t => t.Equals(value, StringComparison.OrdinalIgnoreCase));
        if (type is null)
            findings.Refuse("OutputType", $"OutputType '{value}' is unknown. Allowed: {string.Join(", ", SpeechCatalog.OutputTypes)}. It is how the service hands the audio over; for a file leave it out, and give an OutputPath or -OutputDirectory.");
        return type;
    }

    private static int? Ttl(SpeechRow row, string? outputType, Findings findings)
    {
        int? ttl = AtLeast("Ttl", row.Ttl, SpeechCatalog.Limits.MinTtl, " of seconds", findings);
        if (ttl is not null && outputType is not null && outputType != SpeechCatalog.OutputTypes[0])
            findings.Refuse("Ttl", $"Ttl {ttl} goes only with OutputType {SpeechCatalog.OutputTypes[0]}, not with {outputType}. Leave one of the two out.");
        return ttl;
    }

    private static int? AtLeast(string parameter, string? cell, int least, string unit, Findings findings)
    {
        int? value = Cell.Integer(parameter, cell, unit, findings, $"Write digits only, {least} or more.");
        if (value < least)
            findings.Refuse(parameter, $"{parameter} {value} is below {least}{unit.Replace(" of", "")}. Give {least} or more, or leave it out.");
        return value;
    }
}
