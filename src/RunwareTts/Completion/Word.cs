using System.Text.RegularExpressions;

namespace RunwareTts.Completion;

/// <summary>A word of a PowerShell line.</summary>
internal static class Word
{
    // Such a word needs no quotes in any place of an argument.
    private static readonly Regex Bare = new(@"^[\p{L}\p{N}_.:/\\][\p{L}\p{N}_.:/\\@+-]*$");

    private static readonly Regex SingleQuote = new("['\u2018\u2019\u201A\u201B]");

    /// <summary>PowerShell passes a quoted word with both quotes, though one may not be typed yet.</summary>
    public static string Unquote(string? word) => (word ?? "").Trim('\'', '"');

    public static string Quote(string value) => Bare.IsMatch(value) ? value : $"'{SingleQuote.Replace(value, "$0$0")}'";
}
