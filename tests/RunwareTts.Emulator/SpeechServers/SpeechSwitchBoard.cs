namespace RunwareTts.Emulator;

/// <summary>The switches of a speech server as they are now.</summary>
internal sealed class SpeechSwitchBoard
{
    private readonly Lock _lock = new();
    private readonly SpeechServerSwitches _start;
    private SpeechServerSwitches _now;

    public SpeechSwitchBoard(SpeechServerSwitches start) => _start = _now = start;

    public SpeechServerSwitches Now
    {
        get { lock (_lock) return _now; }
        set { lock (_lock) _now = value; }
    }

    public SpeechServerSwitches Reset() => Now = _start;
}
