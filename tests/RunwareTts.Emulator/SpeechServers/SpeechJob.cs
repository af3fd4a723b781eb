namespace RunwareTts.Emulator;

/// <summary>What is to be spoken, after the checks.</summary>
internal sealed record SpeechJob
{
    /// <summary>What the open weights generate at most when no cap is sent.</summary>
    public const int UsualMaxTokens = 2048;

    public required string Text { get; init; }
    public string? Voice { get; init; }
    public string? Instructions { get; init; }
    public long? Seed { get; init; }
    public double Speed { get; init; } = 1;
    public string Format { get; init; } = "wav";
    public int Rate { get; init; } = 24000;
    public int MaxTokens { get; init; } = UsualMaxTokens;

    /// <summary>The reference audio as it was sent.</summary>
    public string? Clip { get; init; }

    /// <summary>Seconds of the reference audio that the prompt holds.</summary>
    public double ClipSeconds { get; init; }

    /// <summary>About four letters are one token, and each letter of Chinese or Japanese.</summary>
    public int TextTokens => CountTokens(Text) + CountTokens(Instructions);

    private static int CountTokens(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        var wide = text.Count(letter => letter >= '\u2E80');
        return wide + (text.Length - wide + 3) / 4;
    }
}
