namespace RunwareTts.Emulator;

public sealed record SpeechServerOptions
{
    public SpeechServerKind Kind { get; init; } = SpeechServerKind.VllmOmni;

    /// <summary>A server has one checkpoint.</summary>
    public SpeechModel Model { get; init; } = SpeechModel.CustomVoice;

    /// <summary>Always on 127.0.0.1. 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port of the control endpoint, which answers while the server is down. 0 takes a free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>The record keeps counts only, and no bodies, for very many requests.</summary>
    public bool Lean { get; init; }

    /// <summary>How the server behaves at the start.</summary>
    public SpeechServerSwitches Switches { get; init; } = new();
}
