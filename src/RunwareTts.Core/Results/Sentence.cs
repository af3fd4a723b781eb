namespace RunwareTts;

/// <summary>Fits messages of other programs into those of this module.</summary>
internal static class Sentence
{
    /// <summary>Ends the words with a full stop, unless they end a sentence already.</summary>
    public static string End(string words)
    {
        string trimmed = words.Trim();
        return trimmed.Length == 0
            || trimmed[trimmed.Length - 1] is '.' or '!' or '?' or '\u3002' or '\uFF01' or '\uFF1F' ? trimmed
            : trimmed + ".";
    }
}
