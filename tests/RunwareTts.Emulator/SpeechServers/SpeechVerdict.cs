namespace RunwareTts.Emulator;

/// <summary>What a server does with a request.</summary>
internal abstract record SpeechVerdict
{
    private SpeechVerdict()
    {
    }

    public sealed record Speak(SpeechJob Job) : SpeechVerdict;

    public sealed record Refuse(SpeechRefusal Refusal) : SpeechVerdict;

    /// <summary>The request kills the server.</summary>
    public sealed record Crash : SpeechVerdict;

    public static implicit operator SpeechVerdict(SpeechJob job) => new Speak(job);

    public static implicit operator SpeechVerdict(SpeechRefusal refusal) => new Refuse(refusal);
}
