using System.Text.RegularExpressions;
using RunwareTts.Catalog;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>
/// A text has 1 to 2000 characters (code points) and is well-formed Unicode. Source: speech.text on both model pages.
/// </summary>
internal static class TextRules
{
    private const int MaxColumns = 20;

    // Tags of SSML. Those that HTML has too are left out, because they are no sign of SSML.
    private static readonly Regex Ssml =
        new(@"</?(?:speak|break|prosody|emphasis|say-as|phoneme|voice|sub\s+alias|mark\s+name"
            + @"|(?:amazon|mstts):[\w-]+)(?=[\s/>])[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly RowField Field = RowField.All.Single(f => f.Name == "Text");

    public static string Read(SpeechRow row, Findings findings, bool isSplit)
    {
        if (row.Text is null || PlainText.IsBlank(row.Text))
        {
            findings.Refuse("Text", Missing(row));
            return "";
        }

        string text = row.Text;
        int length = PlainText.CodePoints(text);
        bool isKnown = CellParser.Clean(row.Model) is not { } model || SpeechCatalog.FindModel(model) is not null;
        if (length > SpeechCatalog.Limits.MaxTextLength && !isSplit && isKnown)
            findings.Refuse("Text", $"Text has {length} characters; allowed are 1 to "
                + $"{SpeechCatalog.Limits.MaxTextLength}. It begins '{Words.Short(text)}': -Split generates it in "
                + "parts and joins them, and Split-TtsText cuts it into rows.");
        if (Ssml.Match(text) is { Success: true } tag)
            findings.Warnings.Add($"Text has SSML in it, such as {Words.Short(tag.Value)}. "
                + "These models do not know it and may read it aloud. Remove the tags; "
                + "pauses come from punctuation, pace from Speed, mood from Style.");
        if (!PlainText.HasWord(text))
            findings.Warnings.Add($"Text has no letter and no digit ('{Words.Short(text)}'), so there "
                + "is nothing to say in it, and it is charged like any other.");
        return text;
    }

    private static string Missing(SpeechRow row)
    {
        if (row.Text is not null || row.Columns.Count == 0
            || row.Columns.Intersect(Field.Aliases.Prepend("Text"), StringComparer.OrdinalIgnoreCase).Any())
            return $"Text is {(string.IsNullOrEmpty(row.Text) ? "empty" : "blank")}; allowed are 1 to "
                + $"{SpeechCatalog.Limits.MaxTextLength} characters. Give the text, or leave the row out.";
        string columns = string.Join(", ", row.Columns.Take(MaxColumns).Select(c => $"'{c}'"));
        return $"The row has no text. It needs a column Text (or {Words.Or(Field.Aliases)}); it has {columns}. "
            + "Rename the column that holds the text.";
    }
}
