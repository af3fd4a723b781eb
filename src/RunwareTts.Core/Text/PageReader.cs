using System.Text;
using System.Text.RegularExpressions;

namespace RunwareTts.Text;

/// <summary>
/// Reads lines, without those that hold only a page number next to a form feed, as in text that was made from a PDF
/// file. The last page has its number at the end of the text, where other pages had theirs.
/// </summary>
internal static class PageReader
{
    // No page number is in a longer line, and no more blank lines are between it and its form feed.
    private const int MaxLine = 256;
    private const int MaxBlank = 4096;

    private const string LineEnds = "\n\r\f\u0085\u2028\u2029";

    private const string Roman = "(?=[ivxl])(?:x{0,3}|xl|lx{0,3})(?:ix|iv|v?i{0,3})";
    private const string Before = @"pages?|pg\.?|p\.|seite|s\.|p[áa]gina|p[áa]g\.|страница|стр\.?|第|ページ|頁|페이지";
    private const string Of = @"of|von|sur|de|di|из|/|\|";
    private const string After = "页|頁|ページ|쪽|페이지";

    private static readonly Regex Number = new(
        @"^[-–—―*~·•|=_\[\](<>]*\s*"
        + $@"(?:(?:{Before})\s*(?:\d{{1,5}}|{Roman})|\d{{1,5}}|(?-i:{Roman}))"
        + $@"(?:\s*(?:{Of})\s*\d{{1,5}})?\s*(?:{After})?(?:\s*[,，/]?\s*共\s*\d{{1,5}}\s*[页頁])?"
        + @"\s*[-–—―*~·•|=_\[\])<>]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The lines with their ends, a long one in pieces; they are read as they are asked for.</summary>
    public static IEnumerable<string> Read(TextReader reader)
    {
        // A number and the blank lines after it wait for what follows.
        string number = "";
        string blank = "";
        bool hasNumbers = false;
        bool isAfterFeed = false;
        bool isPiece = false;
        foreach (string line in Lines(reader))
        {
            bool endsPage = line[line.Length - 1] == '\f';
            if (!isPiece && string.IsNullOrWhiteSpace(line))
            {
                blank += line;
            }
            else
            {
                yield return number + blank;
                bool isNumber = !isPiece && Number.IsMatch(line.Trim());
                hasNumbers |= isNumber && isAfterFeed;
                number = isNumber && !isAfterFeed ? line.TrimEnd('\f') : "";
                blank = isNumber && endsPage ? "\f" : "";
                isAfterFeed = false;
                if (!isNumber)
                    yield return line;
            }

            if (endsPage)
            {
                hasNumbers |= number.Length > 0;
                number = "";
            }

            isAfterFeed |= endsPage;
            isPiece = !LineEnds.Contains(line[line.Length - 1]);
            if (number.Length > 0 && blank.Length <= MaxBlank)
                continue;
            yield return number + blank;
            (number, blank) = ("", "");
        }

        yield return hasNumbers ? blank : number + blank;
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        StringBuilder line = new();
        char[] buffer = new char[1024];
        char last = '\0';
        while (reader.Read(buffer, 0, buffer.Length) is > 0 and int read)
        {
            foreach (char c in new ArraySegment<char>(buffer, 0, read))
            {
                bool isSameEnd = (last, c) is ('\r', '\n');
                last = c;
                if (isSameEnd)
                    continue;
                line.Append(c);
                if (line.Length <= MaxLine && !LineEnds.Contains(c))
                    continue;
                yield return line.ToString();
                line.Clear();
            }
        }

        if (line.Length > 0)
            yield return line.ToString();
    }
}
