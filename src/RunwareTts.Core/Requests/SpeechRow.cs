using System.Collections;

namespace RunwareTts.Requests;

/// <summary>
/// A row as it was given: every cell is a string, so that no culture and no coercion has touched it. Null or blank
/// means not given. RowField has more about each field.
/// </summary>
public sealed record SpeechRow
{
    public string? Id { get; init; }
    public string? Text { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Style { get; init; }
    public string? VoiceDescription { get; init; }
    public string? ReferenceAudio { get; init; }
    public string? Transcript { get; init; }
    public string? Language { get; init; }
    public string? Speed { get; init; }
    public string? OutputFormat { get; init; }
    public string? Bitrate { get; init; }
    public string? SampleRate { get; init; }
    public string? Channels { get; init; }
    public string? OutputPath { get; init; }
    public string? NumberResults { get; init; }
    public string? MaxNewTokens { get; init; }
    public string? OutputType { get; init; }
    public string? Ttl { get; init; }
    public string? WebhookUrl { get; init; }
    public string? UploadEndpoint { get; init; }

    /// <summary>Tags for its files, which no cell can hold.</summary>
    public IDictionary? Tag { get; init; }

    /// <summary>Further fields of the task, by their names on the wire.</summary>
    public IDictionary? Option { get; init; }

    /// <summary>Why what was piped cannot be a row, where that is known before its cells are read.</summary>
    public Problem? Refusal { get; init; }

    /// <summary>It was given on the command line, not piped, so that messages need no number of the row.</summary>
    public bool IsAlone { get; init; }

    /// <summary>All of its cells are blank, as in a CSV line that has separators only.</summary>
    public bool IsBlank { get; init; }

    /// <summary>The names of the piped object's properties, for messages.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>A row of cells by the names of their fields; those that are missing are not given.</summary>
    internal static SpeechRow Of(IReadOnlyDictionary<string, string?> cells)
    {
        SpeechRow row = new();
        foreach (RowField field in RowField.All)
            field.SetCell(row, cells.TryGetValue(field.Name, out string? cell) ? cell : null);
        return row;
    }
}
