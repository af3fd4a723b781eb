using System.Text.RegularExpressions;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>The name of the voice that -KeepVoice casts for a description: its first words and a hash.</summary>
internal static class KeptName
{
    private const int MaxWords = 32;
    private const int HashLength = 8;

    private static readonly Regex Words = new("[a-z0-9]+", RegexOptions.CultureInvariant);

    /// <summary>The same for descriptions that differ in letter case and white space only.</summary>
    public static string Of(string description)
    {
        string plain = Plain(description);
        string hash = RequestHash.Short(plain).Substring(0, HashLength);
        string name = "";
        foreach (Match word in Words.Matches(plain))
        {
            if (name.Length + word.Length > MaxWords)
                break;
            name += word.Value + "-";
        }

        return name.Length == 0 ? $"voice-{hash}" : name + hash;
    }

    /// <summary>The voice of a row is the one that was cast for its description.</summary>
    public static bool IsOf(string? voice, string? description) =>
        voice is not null && description is not null
        && voice.Equals(Of(description), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string description) =>
        string.Join(" ", PlainText.Normalize(description).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
