using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RunwareTts.Catalog;

namespace RunwareTts.Text;

/// <summary>What a cut at a blank would separate, in a script that sets blanks between words.</summary>
internal sealed class BlankBreaks
{
    private const string Quote = Chars.EitherQuotes;
    private const string Opening = @"\p{Ps}\p{Pi}¿¡";
    private const string Close = @"\p{Pe}\p{Pf}";
    private const string Dash = Chars.LongDashes + @"‒–\-";
    private const string LongDash = Chars.LongDashes;
    private const string SentenceEnd = Chars.SentenceEnds;
    private const string ClauseEnd = Chars.ClauseEnds;
    private const string Letter = @"\p{L}\p{Nd}";
    private const string Cased = @"\p{Lu}\p{Ll}";

    // A quote or bracket that closes something before a blank, as in: (He said "no.") The « Oui » he
    private const string Closing = $@"(?:(?<=\S)[{Close}{Quote}]|\s[»›])";
    private const string Closings = Closing + "{0,16}";

    // The first letter after the blank is a small one.
    private const string Small = $@"(?=\s[{Opening}{Close}{Quote}{Dash}\s]{{0,14}}\p{{Ll}})";

    // Where a word begins, so that the end of an address, 12:30 or Paul’s is not taken for one.
    private const string Begin = $"(?:^|[\\s{Dash}{Opening}-[{Quote}]]|(?<![{Letter}])[{Quote}])";

    private static readonly ConcurrentDictionary<string, BlankBreaks> All = new();

    private readonly (Regex Around, Break Kind)[] _rules;

    private BlankBreaks(IEnumerable<string> words)
    {
        // p (one letter), the words of the language, U.S and z.B (dots within), XIV, and the 3 of a 3. Oktober.
        string abbreviation = $@"(?:[{Cased}]|(?i:{string.Join("|", words)})|[{Cased}]{{1,3}}(?:\.[{Cased}]{{1,3}})+"
            + @"|[IVXLCDM]+|\d\d?)";
        (string Around, Break Kind)[] table =
        [
            // « Quoi ? » has blanks that are not between words.
            ($@"\s(?:[!?;:]|[{Close}](?![{Letter}]))", Break.Tight),
            // A bracket or a quote with nothing before it has not closed anything.
            ($@"(?<=[{Opening}-[{Quote}]]|^[{Quote}]|\s[{Quote}-[»›]])\s", Break.Tight),
            ($"(?<=[{SentenceEnd}]{Closings}){Small}", Break.Clause),
            ($@"(?<=[{SentenceEnd}]{Closings})\s", Break.Sentence),
            ($@"(?<=\.\.{Closings}){Small}", Break.Word),
            ($@"(?<=\.\.{Closings})\s", Break.Sentence),
            // No. 5, p. 12 and 24. 12. 2024 are not sentences.
            ($@"(?<={Begin}(?:\d+|[{Letter}.]{{0,4}})\.)\s\d", Break.Tight),
            ($@"(?<={Begin}{abbreviation}\.)\s", Break.Tight),
            ($@"(?<={Begin}{abbreviation}\.{Closings})\s", Break.Word),
            ($@"(?<=\.{Closings}){Small}", Break.Word),
            ($@"(?<=\.{Closings})\s", Break.Sentence),
            // May 3, 2024
            ($@"(?<=\d[{ClauseEnd}]{Closings})\s\d", Break.Tight),
            ($@"(?<=[{ClauseEnd}]{Closings})\s", Break.Clause),
            ($@"(?<={Closing})\s", Break.Word),
            (@"(?<=\d)\s|\s\d", Break.Tight),
            // A dash between blanks stays with what it follows; one that a word hangs on begins something.
            ($@"(?<=[{LongDash}]|(?:^|\s)[{Dash}])\s", Break.Clause),
            ($@"\s[{Dash}]\s", Break.Tight),
            ($@"\s[{LongDash}]", Break.Clause),
        ];
        _rules = [.. table.Select(rule =>
            (new Regex($@"\G(?:{rule.Around})", RegexOptions.CultureInvariant), rule.Kind))];
    }

    /// <summary>The rules of a language; for null those of all, as letters distinguish most abbreviations.</summary>
    public static BlankBreaks Of(string? language) => All.GetOrAdd(language ?? "", name => new BlankBreaks(
        name.Length > 0 ? SpeechCatalog.Abbreviations[name] : SpeechCatalog.Abbreviations.Values.SelectMany(w => w)));

    /// <summary>The kind of the first rule that the text around the blank fits.</summary>
    public Break At(string text, int blank)
    {
        if (blank == 0 || !Graphemes.IsBoundary(text, blank + 1))
            return Break.None;
        foreach ((Regex around, Break kind) in _rules)
        {
            if (around.IsMatch(text, blank))
                return kind;
        }

        return Break.Word;
    }
}
