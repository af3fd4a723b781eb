using System.Text.RegularExpressions;

namespace RunwareTts.Text;

/// <summary>
/// Finds the headings of a text: lines of Markdown, and separate lines that name a chapter with its number.
/// </summary>
internal static class Headings
{
    private const int MaxLength = 100;
    private const int LookAhead = 3;

    private const string Number = @"(?:\d{1,4}|[IVXLC]+|[ivxlc]+)";
    private const string Names =
        "chapter|part|section|kapitel|teil|abschnitt|chapitre|partie|cap[íi]tulo|parte|capitolo|глава|часть";
    private const string Alone =
        "prologue|epilogue|introduction|preface|foreword|afterword|prolog|epilog|vorwort|nachwort|einleitung"
        + "|épilogue|préface|prólogo|epílogo|prologo|epilogo"
        + "|introducción|introdução|introduzione|пролог|эпилог|введение|предисловие"
        + "|序章|終章|终章|前言|后记|後記|楔子|尾声|プロローグ|エピローグ|프롤로그|에필로그";

    private static readonly Regex Markdown =
        new(@"^#{1,6}\s+(?<title>.*?[^\s#].*?)\s*#*$", RegexOptions.CultureInvariant);

    private static readonly Regex Named = new(
        $@"^(?:(?:{Names})\s+{Number}(?:\s*[.:：—–-].*|\s+\S.*)?"
            + $@"|(?:{Names})\s+\p{{L}}+|(?:\p{{L}}+|\d{{1,4}}\.)\s+(?:{Names})|{Alone}"
        + @"|第\s*[\d〇零一二三四五六七八九十百千两]+\s*[章节節回部卷話话編编篇幕](?:\s*[\s:：・—-].*)?|제\s*\d+\s*[장부화권편](?:\s.*)?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Blank = new(@"\s+");

    /// <summary>The heading of each part; null for those before the first.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="parts">Its parts, in their order.</param>
    public static string?[] TitlesOf(string text, IReadOnlyList<string> parts)
    {
        (string Line, string Title)[] headings = [.. Find(text)];
        string?[] titles = new string?[parts.Count];
        int next = 0;
        for (int n = 0; n < parts.Count; n++)
        {
            string part = Blank.Replace(parts[n], " ");
            // A heading without a letter is in no part, and does not hide those after it.
            int from = 0;
            for (int ahead = next; ahead < Math.Min(headings.Length, next + LookAhead); ahead++)
            {
                int end = EndOf(part, headings[ahead].Line, from);
                if (end > 0)
                    (next, from) = (ahead + 1, end);
            }

            titles[n] = next == 0 ? null : headings[next - 1].Title;
        }

        return titles;
    }

    /// <summary>The lines as the parts have them, and their titles.</summary>
    internal static IEnumerable<(string Line, string Title)> Find(string text)
    {
        // A page begins as after an empty line.
        string plain = text.Replace("\r\n", "\n").Replace("\f", "\n\n");
        string[] lines = [.. plain.Split('\n', '\r', '\u2028', '\u2029')
            .Select(line => Blank.Replace(line, " ").Trim())];
        for (int n = 0; n < lines.Length; n++)
        {
            string line = lines[n];
            if (line.Length is 0 or > MaxLength)
                continue;
            bool isAlone = (n == 0 || lines[n - 1].Length == 0) && (n + 1 == lines.Length || lines[n + 1].Length == 0);
            if (Markdown.Match(line) is { Success: true } markdown)
                yield return (line, markdown.Groups["title"].Value);
            else if (isAlone && Named.IsMatch(line))
                yield return (line, line);
        }
    }

    // The heading and the lines below it may be one paragraph, without a blank in Chinese and Japanese.
    private static int EndOf(string part, string line, int from)
    {
        int at = part.IndexOf(line, from, StringComparison.Ordinal);
        if (at < 0 || at > 0 && part[at - 1] != ' ')
            return 0;
        int end = at + line.Length;
        return end == part.Length || part[end] == ' ' || Chars.IsUnspaced(line[line.Length - 1]) ? end : 0;
    }
}
