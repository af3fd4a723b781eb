using RunwareTts.Catalog;

namespace RunwareTts.Text;

/// <summary>
/// Cuts a text of any length into parts that fit a request. Apart from white space and page numbers next to form feeds
/// the parts are the text, none spans two paragraphs, and cutting a part again gives that part. Memory is that of one
/// part.
/// </summary>
public static class TextSplitter
{
    /// <param name="text">The text; it is read as its parts are asked for.</param>
    /// <param name="maxLength">The most code points of a part; null for as many as the service takes.</param>
    /// <param name="language">Name or ISO code: its abbreviations count. For null or Auto, those of all.</param>
    /// <exception cref="TtsException">InvalidRequest.MaxLength, InvalidRequest.Language.</exception>
    public static IEnumerable<TtsTextPart> Split(TextReader text, int? maxLength = null, string? language = null)
    {
        int max = SpeechCatalog.Limits.MaxTextLength;
        if (maxLength < 1 || maxLength > max)
            throw Errors.BadMaxLength(maxLength.Value, max);
        TtsLanguage? known = string.IsNullOrWhiteSpace(language) ? null
            : SpeechCatalog.FindLanguage(language!.Trim()) ?? throw Errors.UnknownLanguage(language);
        // Auto has no code.
        string? name = known?.Code is null ? null : known.Name;
        return Split(new ParagraphReader(PageReader.Read(text)), new TextCutter(maxLength ?? max, name), name);
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
            // A part of joiners and marks of direction only is left out; a paragraph may end in them.
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
