namespace RunwareTts.Emulator;

public sealed record EmulatorOptions
{
    /// <summary>The one key that is let in.</summary>
    public string ApiKey { get; init; } = "emulator-key";

    /// <summary>Where to listen; always 127.0.0.1, port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The least time a task takes, however quick the voice is.</summary>
    public TimeSpan TaskTime { get; init; } = TimeSpan.Zero;

    /// <summary>The record keeps counts and hashes only, for very many tasks.</summary>
    public bool Lean { get; init; }

    /// <summary>How the service behaves at the start.</summary>
    public EmulatorSwitches Switches { get; init; } = new();
}
