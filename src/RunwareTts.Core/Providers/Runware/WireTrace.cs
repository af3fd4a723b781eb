using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Runware;

/// <summary>JSON as -Debug shows it: no key, no query of a URL, and not the audio itself.</summary>
internal static class WireTrace
{
    private const int Longest = 20_000;
    private static readonly Regex Data = new(@"""(?:data:[^"",]*,)?[A-Za-z0-9+/=]{400,}""", RegexOptions.CultureInvariant);

    public static string Shown(string json, ApiKey? key)
    {
        string clean = new WireContext(200, Key: key).Clean(Data.Replace(json, match => $"\"({match.Length - 2} characters of data)\""));
        return clean.Length <= Longest ? clean : $"{clean.Substring(0, Longest)}...";
    }
}
