using System.Collections;

namespace RunwareTts.Requests;

/// <summary>A row as it was given: every cell is a string, so that no culture and no coercion has touched it. Null or blank means not given.</summary>
public sealed record SpeechRow
{
    public string? Id { get; init; }
    public string? Text { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Style { get; init; }
    public string? VoiceDescription { get; init; }
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

    internal IEnumerable<(string Parameter, string? Cell)> Cells =>
    [
        ("Id", Id), ("Text", Text), ("Model", Model), ("Voice", Voice), ("Style", Style), ("VoiceDescription", VoiceDescription), ("Language", Language),
        ("Speed", Speed), ("OutputFormat", OutputFormat), ("Bitrate", Bitrate), ("SampleRate", SampleRate), ("Channels", Channels), ("OutputPath", OutputPath),
        ("NumberResults", NumberResults), ("MaxNewTokens", MaxNewTokens), ("OutputType", OutputType), ("Ttl", Ttl), ("WebhookUrl", WebhookUrl), ("UploadEndpoint", UploadEndpoint),
    ];

    /// <summary>Why what was piped cannot be a row, where that is known before its cells are read.</summary>
    public Problem? Refusal { get; init; }

    /// <summary>It was given on the command line, not piped, so that its number says nothing.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Nothing stands in any of several cells, as in a line of separators alone.</summary>
    public bool IsBlank { get; init; }

    /// <summary>The names of the piped object's properties, for a message about a missing text.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
