using System.Text.RegularExpressions;
using RunwareTts.Catalog;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>A text has 1 to 2000 characters (code points) and is well-formed Unicode. Source: speech.text on both model pages.</summary>
internal static class TextRules
{
    // What other speech services obey. Names that HTML has too are left out.
    private static readonly Regex Ssml =
        new(@"</?(?:speak|break|prosody|emphasis|say-as|phoneme|voice|sub\s+alias|mark\s+name"
            + @"|(?:amazon|mstts):[\w-]+)(?=[\s/>])[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly string[] Names = ["Text", "Script", "Content"];

    public static string Read(SpeechRow row, Findings findings, bool isSplit)
    {
        if (row.Text is null || PlainText.IsBlank(row.Text))
        {
            findings.Refuse("Text", Missing(row));
            return "";
        }

        string text = row.Text;
        int length = PlainText.CodePoints(text);
        if (length > SpeechCatalog.Limits.MaxTextLength && !isSplit)
            findings.Refuse("Text", $"Text has {length} characters; allowed are 1 to {SpeechCatalog.Limits.MaxTextLength}. It begins '{Words.Short(text)}': -Split speaks it in parts and joins them, and Split-TtsText cuts it into rows.");
        if (Ssml.Match(text) is { Success: true } tag)
            findings.Warnings.Add($"Text has SSML in it, such as {Words.Short(tag.Value)}. "
                + "These models do not know it and may read it aloud. Take the tags out; "
                + "pauses come from punctuation, pace from Speed, mood from Style.");
        if (!PlainText.HasWord(text))
            findings.Warnings.Add($"Text has no letter and no digit ('{Words.Short(text)}'), so there "
                + "is nothing to say in it, and it is charged like any other.");
        return text;
    }

    private static string Missing(SpeechRow row) => row.Text is null && row.Columns.Count > 0 && !row.Columns.Intersect(Names, StringComparer.OrdinalIgnoreCase).Any()
        ? $"The row has no text. It needs a column Text (or {Words.Or(Names.Skip(1))}); it has {string.Join(", ", row.Columns.Take(20).Select(c => $"'{c}'"))}. Rename the one to be spoken."
        : $"Text is {(string.IsNullOrEmpty(row.Text) ? "empty" : "blank")}; allowed are 1 to {SpeechCatalog.Limits.MaxTextLength} characters. Give what is to be spoken, or leave the row out.";
}
