namespace RunwareTts.Emulator;

/// <summary>One result to be spoken. What the request left open is null here, so that the voice chooses it.</summary>
public sealed record SpeakOrder(
    string Text,
    string Model,
    string Voice,
    string? Prompt,
    string Language,
    double Speed,
    string Format,
    int? Bitrate,
    int? SampleRate,
    int? Channels,
    int MaxNewTokens,
    int Variation)
{
    /// <summary>SHA-256 of the reference clip; null when the model takes none.</summary>
    public string? Clip { get; init; }
}

/// <summary>Gives a whole audio file in the order's format.</summary>
public delegate Task<byte[]> Speak(SpeakOrder order, CancellationToken token);
