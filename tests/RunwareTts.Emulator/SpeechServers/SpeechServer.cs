namespace RunwareTts.Emulator;

/// <summary>A server of the open weights on loopback: vLLM-Omni, SGLang-Omni or one of the OpenAI shape.</summary>
public sealed class SpeechServer : IAsyncDisposable
{
    private readonly SpeechSwitchBoard _switches;
    private readonly SpeechDesk _desk;
    private readonly LoopbackListener _listener;
    private readonly LoopbackListener _control;
    private readonly CancellationTokenSource _ending = new();
    private Task _watch = Task.CompletedTask;
    private int _disposed;

    private SpeechServer(SpeechServerOptions options)
    {
        var kind = SpeechKind.Of(options);
        Record = new SpeechRecord(options.Lean);
        ModelId = kind.ModelId;
        _switches = new SpeechSwitchBoard(options.Switches);
        _desk = new SpeechDesk(kind, _switches, Record);
        _listener = new LoopbackListener(_desk.HandleAsync, options.Port);
        _control = new LoopbackListener(new SpeechControl(this).HandleAsync, options.ControlPort);
    }

    /// <summary>http://127.0.0.1:port</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}");

    /// <summary>http://127.0.0.1:port/control/ on another port, which answers while the server is down.</summary>
    public Uri Control => new($"http://127.0.0.1:{_control.Port}{SpeechControl.Folder}");

    /// <summary>The one model that it serves, such as Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice.</summary>
    public string ModelId { get; }

    public SpeechRecord Record { get; }

    public bool IsUp => _listener.IsOpen;

    /// <summary>Requests that it works on now.</summary>
    public int Working => _desk.Gate.Working;

    /// <summary>Requests that wait for a slot now.</summary>
    public int Waiting => _desk.Gate.Waiting;

    /// <summary>How it behaves now.</summary>
    public SpeechServerSwitches Switches
    {
        get => _switches.Now;
        set
        {
            _switches.Now = value;
            _desk.AdmitWaiting();
        }
    }

    public static async Task<SpeechServer> StartAsync(SpeechServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new SpeechServer(options);
        try
        {
            await server._control.OpenAsync();
            await server.UpAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>Answers the requests in progress, and refuses connections then.</summary>
    public Task DownAsync() => _listener.CloseAsync(atOnce: false);

    /// <summary>Breaks the connections of all requests in progress, and refuses new ones.</summary>
    public async Task CrashAsync()
    {
        _desk.Flights.BreakAll();
        await _listener.CloseAsync(atOnce: true);
        await _desk.Flights.WaitForNoneAsync();
        // Only now: whoever sees the count knows that the server is down, or up again.
        Record.Crashed();
    }

    /// <summary>Listens again, on the same port.</summary>
    public async Task UpAsync()
    {
        if (_listener.IsOpen) return;
        await _listener.OpenAsync();
        if (_watch.IsCompleted) _watch = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _ending.CancelAsync();
        _desk.Close();
        await _watch;
        await _listener.DisposeAsync();
        await _desk.Flights.WaitForNoneAsync();
        await _control.DisposeAsync();
        _desk.Dispose();
        _ending.Dispose();
    }

    internal SpeechServerSwitches Change(string json)
    {
        Switches = _switches.Now.With(json);
        return Switches;
    }

    internal SpeechServerSwitches ResetSwitches()
    {
        Switches = _switches.Reset();
        return Switches;
    }

    // A request cannot stop the server that handles it: the stop would wait for the request.
    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _desk.WaitForCrashAsync(_ending.Token);
                await CrashAsync();
                _desk.ForgetCrashes();
                if (_switches.Now.UpAfter is not { } seconds) continue;
                await Task.Delay(TimeSpan.FromSeconds(seconds), _ending.Token);
                await _listener.OpenAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }
}
