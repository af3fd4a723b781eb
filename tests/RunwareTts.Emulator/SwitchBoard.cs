namespace RunwareTts.Emulator;

/// <summary>The switches as they are now.</summary>
internal sealed class SwitchBoard
{
    private readonly Lock _lock = new();
    private readonly EmulatorSwitches _start;
    private EmulatorSwitches _now;

    public SwitchBoard(EmulatorSwitches start) => _start = _now = start;

    public EmulatorSwitches Now
    {
        get { lock (_lock) return _now; }
        set { lock (_lock) _now = value; }
    }

    public EmulatorSwitches Change(string json)
    {
        lock (_lock) return _now = _now.With(json);
    }

    public EmulatorSwitches Reset() => Now = _start;
}
