namespace RunwareTts.Requests;

/// <summary>A field of a row, by the name of its parameter, and the other names that its column may have.</summary>
internal sealed record RowField(string Name, params string[] Aliases)
{
    // Every row has each of its fields read and set: too often for reflection.
    private readonly Func<SpeechRow, string?> _get =
        typeof(SpeechRow).GetProperty(Name)!.GetMethod!.CreateDelegate<Func<SpeechRow, string?>>();

    private readonly Action<SpeechRow, string?> _set =
        typeof(SpeechRow).GetProperty(Name)!.SetMethod!.CreateDelegate<Action<SpeechRow, string?>>();

    /// <summary>It takes free text; any other field is one word, number or URL.</summary>
    public bool IsFreeText { get; init; }

    /// <summary>
    /// A column with a similar name means this field. Short names are similar to too many others, and a row without
    /// a Text is refused anyway.
    /// </summary>
    public bool HasDistinctName { get; init; } = true;

    /// <summary>All fields that a cell of a CSV can hold: all but tables.</summary>
    public static IReadOnlyList<RowField> All { get; } =
    [
        new("Id", "Name") { IsFreeText = true, HasDistinctName = false },
        new("Text", "Script", "Content") { IsFreeText = true, HasDistinctName = false },
        new("Model"),
        new("Voice", "Speaker", "VoiceId"),
        new("Style", "Instruction", "Instructions") { IsFreeText = true },
        new("VoiceDescription", "VoicePrompt") { IsFreeText = true },
        new("ReferenceAudio", "RefAudio", "VoiceSample") { IsFreeText = true },
        new("Transcript", "ReferenceText", "RefText") { IsFreeText = true },
        new("Language", "Lang"),
        new("Speed"),
        new("OutputFormat", "Format"),
        new("Bitrate"),
        new("SampleRate"),
        new("Channels"),
        new("OutputPath", "OutFile", "FileName") { IsFreeText = true },
        new("NumberResults"),
        new("MaxNewTokens"),
        new("OutputType"),
        new("Ttl") { HasDistinctName = false },
        new("WebhookUrl"),
        new("UploadEndpoint"),
    ];

    public string? CellOf(SpeechRow row) => _get(row);

    public void SetCell(SpeechRow row, string? cell) => _set(row, cell);
}
