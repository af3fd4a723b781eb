using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Offline;

/// <summary>What the words before a word of a description make of it: "not too fast", "very slow", "imitates a girl".</summary>
internal static class Emphasis
{
    private const string No = @"(?:\b(?:not(?! (?:only|just|merely)\b)|never|no(?!-)|non|without|neither|nor|hardly|less|nothing|cannot|rather than|instead of|free of|avoids?|avoiding)\b|n['’]t\b)";
    private const string NoSign = "(?:不(?!错|同)|[没沒]有?|(?<![特区分])[别別]|勿|非(?!常)|[无無](?![比论論]))";

    private static readonly Regex ClauseEnd = Of(@"[.,;:!?()，。；：、！？（）]|\b(?:but|yet|although|though|whereas|(?<!\b(?:not|never) )(?:in|with))\b");
    private static readonly Regex Negated = Of($@"{No}(?:[\s-]+[\w'’-]+?){{0,4}}[\s-]*$|{NoSign}[^\P{{L}}的地]{{0,3}}$");
    private static readonly Regex Denied = Of($@"{No}(?:[\s-]+(?:an?|the))?[\s-]*$|{NoSign}[是像]?$");
    private static readonly Regex Strong = Of(@"\b(?:very|extremely|really|exceptionally|incredibly|unusually)[\s-]+$|(?:非常|很|极|極|极其|十分|特别|特別)$");
    private static readonly Regex Weak = Of(@"\b(?:slightly|somewhat|mildly|faintly|fairly|lightly|medium|mid|a (?:little|bit|touch))[\s-]+$|(?:稍|稍微|略|略微|有点|有些|微)$");
    private static readonly Regex Object = Of(@"\b(?:about|for|to|towards?|than|imitat\w+|mimic\w*|impersonat\w+|parod\w+)(?:\s+[\w'’-]+){0,2}\s+$|(?:给|給|对|對|模仿)\p{L}{0,3}$");

    /// <summary>How much of a trait is meant: nothing of it, half, all, or more.</summary>
    public static double On(string description, Match word)
    {
        string before = Before(description, word);
        return Negated.IsMatch(before) ? 0 : Strong.IsMatch(before) ? 1.5 : Weak.IsMatch(before) ? 0.5 : 1;
    }

    /// <summary>Said not to be the speaker: "not a woman". "A not very deep woman" is one.</summary>
    public static bool IsDenied(string description, Match person) => Denied.IsMatch(Before(description, person));

    /// <summary>Somebody whom the speaker talks about or to, or imitates.</summary>
    public static bool IsObject(string description, Match person) => Object.IsMatch(Before(description, person));

    private static string Before(string description, Match word)
    {
        string before = description.Substring(0, word.Index);
        Match end = ClauseEnd.Matches(before).Cast<Match>().LastOrDefault() ?? Match.Empty;
        return before.Substring(end.Index + end.Length);
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
