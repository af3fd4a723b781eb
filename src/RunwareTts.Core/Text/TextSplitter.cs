using RunwareTts.Catalog;

namespace RunwareTts.Text;

/// <summary>
/// Cuts a text of any length into parts that can be spoken. Its parts without white space are the text without white
/// space and without page numbers next to form feeds, none spans two paragraphs, and a part is its own only part.
/// Memory is that of one part.
/// </summary>
public static class TextSplitter
{
    /// <param name="text">The text; it is read as its parts are asked for.</param>
    /// <param name="maxLength">The most code points of a part; null for as many as the service takes.</param>
    /// <param name="language">By name or ISO code: whose abbreviations count. Left out or Auto, those of all languages.</param>
    /// <exception cref="TtsException">InvalidRequest.MaxLength, InvalidRequest.Language.</exception>
    public static IEnumerable<TtsTextPart> Split(TextReader text, int? maxLength = null, string? language = null)
    {
        int most = SpeechCatalog.Limits.MaxTextLength;
        if (maxLength < 1 || maxLength > most)
            throw Errors.BadMaxLength(maxLength.Value, most);
        string? name = string.IsNullOrWhiteSpace(language) ? null : (SpeechCatalog.FindLanguage(language!.Trim()) ?? throw Errors.UnknownLanguage(language)).Name;
        if (name == SpeechCatalog.Languages[0].Name)
            name = null;
        return Split(new ParagraphReader(new PageReader(text)),
            new TextCutter(maxLength ?? most, Abbreviations.Of(name)), name);
    }

    public static IEnumerable<TtsTextPart> Split(string text, int? maxLength = null, string? language = null) =>
        Split(new StringReader(text), maxLength, language);

    private static IEnumerable<TtsTextPart> Split(ParagraphReader paragraphs, TextCutter cutter, string? language)
    {
        TtsTextPart? last = null;
        while (paragraphs.Fill(cutter.Room))
        {
            string window = paragraphs.Window;
            int cut = cutter.Cut(window);
            paragraphs.Take(cut);
            string text = window.Substring(0, cut).TrimEnd();
            // Joiners and marks of direction alone are nothing to speak; a paragraph may end in them.
            if (PlainText.IsBlank(text))
            {
                last = last is null ? null : last with { EndsParagraph = last.EndsParagraph || paragraphs.IsTaken };
                continue;
            }

            if (last is not null)
                yield return last;
            last = new TtsTextPart
            {
                Text = text,
                Index = (last?.Index ?? 0) + 1,
                Characters = PlainText.CodePoints(text),
                EndsParagraph = paragraphs.IsTaken,
                Language = language,
            };
        }

        if (last is not null)
            yield return last;
    }
}
