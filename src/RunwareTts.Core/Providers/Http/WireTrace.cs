using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Http;

/// <summary>JSON as -Debug shows it: no key, no query of a URL, and not the audio itself.</summary>
internal static class WireTrace
{
    private const int MaxLength = 20_000;
    private const int MinData = 400;

    // A plus is written as \u002B in what is sent. Shorter words match too, and are left as they are.
    private static readonly Regex Data =
        new(@"""(?:data:[^"",]*,)?(?>(?>[A-Za-z0-9/=+]+|\\u002[Bb])+)""", RegexOptions.CultureInvariant);

    public static string Mask(string json, ApiKey? key)
    {
        string bare = Data.Replace(json, match => match.Length - 2 < MinData ? match.Value
            : $"\"({match.Length - 2} characters of data)\"");
        string clean = ForeignWords.Clean(bare, key);
        return clean.Length <= MaxLength ? clean : $"{clean.Substring(0, MaxLength)}...";
    }
}
