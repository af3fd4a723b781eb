using System.Globalization;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>
/// What may stand in the cells of the audio's format, so that the line is one that RowReader takes. Where no value
/// could make it one, the cell in the way counts as not given.
/// </summary>
public static class FormatSuggestions
{
    public static IEnumerable<Suggestion> OutputFormats(SpeechRow line)
    {
        AudioFormat? byExtension = FormatRules.ByExtension(Cell.Clean(line.OutputPath), new Findings());
        return SpeechCatalog.Formats
            .Where(f => byExtension is null || f == byExtension)
            .Select(f => new Suggestion(f.Name, f.IsLossy
                ? $"Compressed, {f.Rows.Min(r => r.MinBitrate)} to {f.Rows.Max(r => r.MaxBitrate)} kbps; takes Bitrate, SampleRate and Channels."
                : "Lossless; takes no audio settings."));
    }

    public static IEnumerable<Suggestion> SampleRates(SpeechRow line)
    {
        TtsFormat[] rows = OfFormat(line);
        rows = Narrow(rows, Counted(line.Channels), (row, channels) => row.Channels == channels);
        rows = Narrow(rows, Number(line.Bitrate), (row, bitrate) => row.Allows(bitrate));
        return rows.Select(row => new Suggestion(Text(row.SampleRate!.Value), Range(row)));
    }

    public static IEnumerable<Suggestion> Channels(SpeechRow line)
    {
        TtsFormat[] rows = OfFormat(line);
        rows = Narrow(rows, Number(line.SampleRate), (row, rate) => row.SampleRate == rate);
        rows = Narrow(rows, Number(line.Bitrate), (row, bitrate) => row.Allows(bitrate));
        return rows
            .GroupBy(row => row.Channels!.Value)
            .OrderBy(group => group.Key)
            .Select(group => new Suggestion(Text(group.Key), Range([.. group]), TtsFormat.Settings(null, group.Key)));
    }

    public static IEnumerable<Suggestion> Bitrates(SpeechRow line)
    {
        TtsFormat[] rows = OfFormat(line);
        rows = Narrow(rows, Number(line.SampleRate), (row, rate) => row.SampleRate == rate);
        rows = Narrow(rows, Counted(line.Channels), (row, channels) => row.Channels == channels);
        return rows
            .SelectMany(row => row.Bitrates)
            .Distinct()
            .OrderBy(b => b)
            .Select(b => new Suggestion(Text(b), rows.Length == 1
                ? Range(rows)
                : $"{Range(rows)}; {Text(b)} at {Words.Or(rows.Where(row => row.Allows(b)).Select(row => row.SampleRate))} Hz"));
    }

    private static TtsFormat[] OfFormat(SpeechRow line)
    {
        string format = FormatRules.Read(line, new Findings()).Name;
        return [.. SpeechCatalog.FormatRows.Where(row => row.OutputFormat == format && row.SampleRate is not null)];
    }

    private static TtsFormat[] Narrow(TtsFormat[] rows, int? asked, Func<TtsFormat, int, bool> fits) =>
        asked is { } value && Array.FindAll(rows, row => fits(row, value)) is { Length: > 0 } some ? some : rows;

    private static int Counted(string? channels) => Number(channels) is { } number and (1 or 2) ? number : SpeechCatalog.Limits.DefaultChannels;

    private static int? Number(string? cell) => Cell.Integer("", cell, "", new Findings());

    private static string Range(params TtsFormat[] rows)
    {
        string what = rows.Length == 1 ? rows[0].ToString() : $"{rows[0].OutputFormat} {TtsFormat.Settings(null, rows[0].Channels)}";
        return $"{what}: {Text(rows.Min(r => r.MinBitrate)!.Value)} to {Text(rows.Max(r => r.MaxBitrate)!.Value)} kbps";
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
