using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>A text has 1 to 2000 characters (code points) and is well-formed Unicode. Source: speech.text on both model pages.</summary>
internal static class TextRules
{
    // The names under which a row may carry its text; the parameter -Text declares the same aliases.
    public static readonly IReadOnlyList<string> Columns = ["Text", "Script", "Content"];

    public static string Read(SpeechRow row, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(row.Text))
        {
            findings.Refuse("Text", Missing(row));
            return "";
        }

        string text = row.Text!;
        if (LoneSurrogate(text) is int position)
            findings.Refuse("Text", $"Text has half a character (a lone surrogate) at position {position + 1}; it cannot be sent as it stands. Read the file with its right encoding.");

        int length = CodePoints(text);
        if (length > SpeechCatalog.Limits.MaxTextLength)
            findings.Refuse("Text", $"Text has {length} characters; allowed are 1 to {SpeechCatalog.Limits.MaxTextLength}. Cut it into several rows at sentence ends.");
        return text;
    }

    public static int CodePoints(string text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            count++;
        }

        return count;
    }

    private static string Missing(SpeechRow row)
    {
        if (row.Columns.Count == 0)
            return $"Text is empty; allowed are 1 to {SpeechCatalog.Limits.MaxTextLength} characters.";

        string? stray = row.Columns.FirstOrDefault(c => !Columns.Contains(c, StringComparer.OrdinalIgnoreCase) && Columns.Contains(Plain(c), StringComparer.OrdinalIgnoreCase));
        if (stray is not null)
            return $"The row has no text: its column '{stray}' has a stray blank or mark in its name. Rename it to '{Plain(stray)}'.";

        string? present = row.Columns.FirstOrDefault(c => Columns.Contains(c, StringComparer.OrdinalIgnoreCase));
        return present is not null
            ? $"The row's {present} is empty; allowed are 1 to {SpeechCatalog.Limits.MaxTextLength} characters."
            : $"The row has no text: it needs a column {string.Join(", ", Columns)}; it has {string.Join(", ", row.Columns.Take(20).Select(c => $"'{c}'"))}.";
    }

    private static string Plain(string column) => new(column.Where(char.IsLetterOrDigit).ToArray());

    private static int? LoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return null;
    }
}
