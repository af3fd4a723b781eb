using System.Globalization;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>
/// Values for the cells of the audio format, only those that RowReader accepts with the rest of the line. If there are
/// none, the conflicting cell counts as not given.
/// </summary>
internal static class FormatSuggestions
{
    public static IEnumerable<Suggestion> OutputFormats(SpeechRow line)
    {
        AudioFormat? byExtension = FormatRules.ReadExtension(CellParser.Clean(line.OutputPath), new Findings());
        return SpeechCatalog.Formats
            .Where(f => byExtension is null || f == byExtension)
            .Select(f => new Suggestion(f.Name, f.IsLossy
                ? $"Compressed, {f.Rows.Min(r => r.MinBitrate)} to {f.Rows.Max(r => r.MaxBitrate)} kbps; "
                    + "takes Bitrate, SampleRate and Channels."
                : "Lossless; takes no audio settings."));
    }

    public static IEnumerable<Suggestion> SampleRates(SpeechRow line) =>
        Rows(line with { SampleRate = null }, hasChannels: true)
            .Select(row => new Suggestion(Text(row.SampleRate!.Value), Range(row)));

    public static IEnumerable<Suggestion> Channels(SpeechRow line) =>
        Rows(line, hasChannels: false)
            .GroupBy(row => row.Channels!.Value)
            .OrderBy(group => group.Key)
            .Select(group => new Suggestion(
                Text(group.Key), Range([.. group]), TtsFormat.Settings(null, group.Key)));

    public static IEnumerable<Suggestion> Bitrates(SpeechRow line)
    {
        TtsFormat[] rows = Rows(line with { Bitrate = null }, hasChannels: true);
        return rows
            .SelectMany(row => row.Bitrates)
            .Distinct()
            .OrderBy(bitrate => bitrate)
            .Select(bitrate => new Suggestion(Text(bitrate), rows.Length == 1 ? Range(rows)
                : $"{Range(rows)}; {Text(bitrate)} at "
                    + $"{Words.Or(rows.Where(row => row.Allows(bitrate)).Select(row => row.SampleRate))} Hz"));
    }

    /// <summary>The rows of the table that match the cells of the line.</summary>
    private static TtsFormat[] Rows(SpeechRow line, bool hasChannels)
    {
        string format = FormatRules.Read(line, new Findings()).Name;
        int? rate = Number(line.SampleRate);
        int channels = Number(line.Channels) is { } count and (1 or 2) ? count : SpeechCatalog.Limits.DefaultChannels;
        int? bitrate = Number(line.Bitrate);
        TtsFormat[] rows =
            [.. SpeechCatalog.FormatRows.Where(row => row.OutputFormat == format && row.SampleRate is not null)];
        rows = AnyOrAll(rows, rows.Where(row => rate is null || row.SampleRate == rate));
        rows = AnyOrAll(rows, rows.Where(row => !hasChannels || row.Channels == channels));
        return AnyOrAll(rows, rows.Where(row => bitrate is null || row.Allows(bitrate.Value)));
    }

    private static TtsFormat[] AnyOrAll(TtsFormat[] all, IEnumerable<TtsFormat> some) =>
        some.ToArray() is { Length: > 0 } any ? any : all;

    private static int? Number(string? cell) => CellParser.ReadInteger("", cell, "", new Findings());

    private static string Range(params TtsFormat[] rows)
    {
        string what = rows.Length == 1 ? rows[0].ToString()
            : $"{rows[0].OutputFormat} {TtsFormat.Settings(null, rows[0].Channels)}";
        int min = rows.Min(r => r.MinBitrate)!.Value;
        return $"{what}: {Text(min)} to {Text(rows.Max(r => r.MaxBitrate)!.Value)} kbps";
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
