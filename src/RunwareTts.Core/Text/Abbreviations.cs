using System.Collections.Concurrent;
using RunwareTts.Catalog;

namespace RunwareTts.Text;

/// <summary>The words that a dot does not end a sentence after.</summary>
internal sealed class Abbreviations
{
    private const int Longest = 12;
    private const int LongestPart = 3;

    private static readonly ConcurrentDictionary<string, Abbreviations> All = new();

    private readonly HashSet<string> _words;

    private Abbreviations(IEnumerable<string> words) => _words = new HashSet<string>(words, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of a language; of all of them for null, since a word's own letters tell most of them apart.</summary>
    public static Abbreviations Of(string? language) => All.GetOrAdd(language ?? "", name =>
        new Abbreviations(name.Length > 0 ? SpeechCatalog.Abbreviations[name] : SpeechCatalog.Abbreviations.Values.SelectMany(words => words)));

    /// <summary>The letters, digits and dots that stand before a dot; null for the end of something longer, such as an address, 12:30 or Paul’s.</summary>
    public static string? WordBefore(string text, int dot)
    {
        int start = dot;
        while (start > 0 && dot - start <= Longest && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
            start--;
        return start == 0 || Begins(text, start) ? text.Substring(start, dot - start) : null;
    }

    /// <summary>Mr, p (one letter), U.S and z.B (dots within), XIV, and the words of the language.</summary>
    public bool Contains(string word) =>
        word.Length == 1 && IsCased(word[0])
        || _words.Contains(word)
        || word.IndexOf('.') > 0 && word.Split('.').All(part => part.Length is >= 1 and <= LongestPart && part.All(IsCased))
        || word.Length > 1 && word.All(c => c is 'I' or 'V' or 'X' or 'L' or 'C' or 'D' or 'M');

    private static bool Begins(string text, int start)
    {
        char before = text[start - 1];
        if (Chars.IsEitherQuote(before))
            return start == 1 || !char.IsLetterOrDigit(text[start - 2]);
        return char.IsWhiteSpace(before) || Chars.IsDash(before) || Chars.IsOpening(before);
    }

    private static bool IsCased(char c) => char.IsUpper(c) || char.IsLower(c);
}
