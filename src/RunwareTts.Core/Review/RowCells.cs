using System.Globalization;

namespace RunwareTts.Review;

/// <summary>The cells that make a result a row of New-TtsSpeech again.</summary>
internal static class RowCells
{
    private static readonly (string Column, Func<TtsSpeech, string?> Cell)[] Table =
    [
        ("Id", s => s.Id),
        ("Text", s => s.Text),
        ("Model", s => s.Model),
        ("Voice", s => s.Voice),
        ("Style", s => s.Style),
        ("VoiceDescription", s => s.VoiceDescription),
        ("ReferenceAudio", s => s.ReferenceAudio),
        ("Transcript", s => s.Transcript),
        ("Language", s => s.Language),
        ("Speed", s => s.Speed),
        ("OutputFormat", s => s.OutputFormat),
        ("Bitrate", s => Number(s.Bitrate)),
        ("SampleRate", s => Number(s.SampleRate)),
        ("Channels", s => Number(s.Channels)),
        ("MaxNewTokens", s => Number(s.MaxNewTokens)),
    ];

    /// <summary>Their names; the last is the file in the batch's folder.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Table.Select(row => row.Column), "OutputPath"];

    public static IReadOnlyList<string?> Of(TtsSpeech speech, string? outputPath) =>
        [.. Table.Select(row => row.Cell(speech)), outputPath];

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
