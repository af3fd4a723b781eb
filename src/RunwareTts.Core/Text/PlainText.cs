using System.Globalization;
using System.Text;

namespace RunwareTts.Text;

/// <summary>Measures and checks a text: its length, whether it has words, whether characters were lost.</summary>
internal static class PlainText
{
    private const int Context = 12;

    /// <summary>The length as the service counts it.</summary>
    public static int CodePoints(string text)
    {
        int pairs = 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                pairs++;
        }

        return text.Length - pairs;
    }

    /// <summary>It has white space, control characters, zero-width ones and byte order marks only.</summary>
    public static bool IsBlank(string text) => text.All(c => char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format);

    /// <summary>It has a letter or a digit: punctuation alone gives no speech.</summary>
    public static bool HasWord(string text) => Enumerable.Range(0, text.Length).Any(i => char.IsLetterOrDigit(text, i)
        || char.GetUnicodeCategory(text, i) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber);

    /// <summary>Makes different spellings of one accent the same. What is not valid Unicode stays as it is.</summary>
    public static string Normalize(string text, NormalizationForm form = NormalizationForm.FormC)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>
    /// Why a text has a character that was lost when its file was read, and how to read the file; null where it has
    /// none.
    /// </summary>
    public static string? LostCharacter(string parameter, string text) =>
        text.IndexOf('\uFFFD') is >= 0 and int at
            ? $"{parameter} has lost a character: character {at + 1} is U+FFFD, in '{Around(text, at)}'. "
                + "The file was read with another encoding than it has, as happens with the CSV files of Excel. "
                + "Read it with its own: Import-Csv -Encoding ansi (in Windows PowerShell 5.1: -Encoding Default); "
                + "Get-Content takes the same."
            : null;

    private static string Around(string text, int at)
    {
        int begin = Math.Max(0, at - Context);
        int end = Math.Min(text.Length, at + Context + 1);
        if (begin > 0 && char.IsLowSurrogate(text[begin]))
            begin++;
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end--;
        return text.Substring(begin, end - begin);
    }
}
