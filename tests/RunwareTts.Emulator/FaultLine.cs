namespace RunwareTts.Emulator;

/// <summary>The faults of one place: those that were asked for one by one, and then those by chance.</summary>
internal sealed class FaultLine
{
    private readonly Lock _lock = new();
    private readonly Queue<Fault> _asked = new();
    private Fault[] _kinds = [];
    private double _rate;
    private Random _chance = new(0);
    private int _happened;

    public int Pending
    {
        get { lock (_lock) return _asked.Count; }
    }

    public int Happened
    {
        get { lock (_lock) return _happened; }
    }

    public void Add(Fault fault, int times)
    {
        lock (_lock)
        {
            for (var time = 0; time < times; time++)
                _asked.Enqueue(fault);
        }
    }

    public void AtRate(double rate, int seed, Fault[] kinds)
    {
        lock (_lock) (_rate, _chance, _kinds) = (rate, new Random(seed), kinds);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _asked.Clear();
            _rate = 0;
        }
    }

    public Fault? Next()
    {
        lock (_lock)
        {
            if (!_asked.TryDequeue(out var fault) && _rate > 0 && _chance.NextDouble() < _rate)
                fault = _kinds[_chance.Next(_kinds.Length)];
            if (fault is not null) _happened++;
            return fault;
        }
    }
}
