using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Http;

/// <summary>The words of a server, as they may be shown.</summary>
internal static class ForeignWords
{
    private static readonly Regex Url =
        new(@"https?://[^\s'""<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The words without the key and without the queries of URLs, which may be presigned.</summary>
    public static string Clean(string words, ApiKey? key)
    {
        string masked = Url.Replace(words, match => Presigned.Mask(match.Value));
        return key is null ? masked : masked.Replace(key.Reveal(), key.ToString());
    }
}
