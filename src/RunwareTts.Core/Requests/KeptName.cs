using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>The name of the voice that -KeepVoice casts for a description: its first words and a hash.</summary>
internal static class KeptName
{
    private const int MaxWords = 32;
    private const int HashLength = 8;

    /// <summary>The same for descriptions that differ in letter case and white space only.</summary>
    public static string Of(string description)
    {
        string plain = Plain(description);
        StringBuilder words = new();
        foreach (char c in plain)
        {
            if (words.Length == MaxWords)
                break;
            if (c is >= 'a' and <= 'z' or >= '0' and <= '9')
                words.Append(c);
            else if (words.Length > 0 && words[words.Length - 1] != '-')
                words.Append('-');
        }

        string start = words.ToString().Trim('-');
        string hash = RequestHash.Short(plain).Substring(0, HashLength);
        return start.Length == 0 ? $"voice-{hash}" : $"{start}-{hash}";
    }

    /// <summary>The voice of a row is the one that was cast for its description.</summary>
    public static bool IsOf(string? voice, string? description) =>
        voice is not null && description is not null
        && voice.Equals(Of(description), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string description) =>
        string.Join(" ", PlainText.Normalize(description).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
