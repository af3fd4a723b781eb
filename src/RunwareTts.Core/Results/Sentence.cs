namespace RunwareTts;

/// <summary>Words from elsewhere, made to stand among our own.</summary>
internal static class Sentence
{
    /// <summary>The words with a full stop at their end, unless they have an end already.</summary>
    public static string End(string words)
    {
        string trimmed = words.Trim();
        return trimmed.Length == 0
            || trimmed[trimmed.Length - 1] is '.' or '!' or '?' or '\u3002' or '\uFF01' or '\uFF1F' ? trimmed
            : trimmed + ".";
    }
}
