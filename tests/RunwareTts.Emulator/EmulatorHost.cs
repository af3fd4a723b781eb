using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RunwareTts.Emulator;

/// <summary>The task API on loopback.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;
    private readonly TaskBook _book;
    private readonly Deliveries _deliveries = new();
    private readonly MediaStore _store = new();
    private readonly SwitchBoard _switches;
    private readonly CancellationTokenSource _stopping = new();
    private int _disposed;

    private EmulatorHost(EmulatorOptions options, Speak speak)
    {
        Record = new EmulatorRecord(options.Lean);
        _switches = new SwitchBoard(options.Switches);
        _book = new TaskBook(options, speak, Record, Faults, _deliveries, _stopping.Token);
        var desk = new TaskDesk(_book, _store, _switches, Record);
        var tasks = new TaskEndpoint(options, desk, _switches, Record, Faults, _stopping.Token);
        var media = new MediaEndpoint(_store);
        var audio = new AudioEndpoint(_book, speak, Record, Faults, _stopping.Token);
        var control = new ControlEndpoint(Record, Faults, _switches, _store, _book);

        // The empty builder reads no environment, no settings file, and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, PortOf(options.Urls));
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            // A write ends when the bytes are on the socket: a cut answer must get its first half out.
            kestrel.Limits.MaxResponseBufferSize = 0;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        _app = builder.Build();
        _app.Run(context => context.Request.Path.Value switch
        {
            "/v1" => tasks.HandleAsync(context),
            { } path when path.StartsWith(AudioEndpoint.Folder, StringComparison.Ordinal) => audio.HandleAsync(context),
            { } path when path.StartsWith(MediaEndpoint.Folder, StringComparison.Ordinal) =>
                media.HandleAsync(context),
            { } path when path.StartsWith(ControlEndpoint.Folder, StringComparison.Ordinal) => control.HandleAsync(context),
            _ => Wire.TextAsync(context, 404, "text/plain", "Not found"),
        });
    }

    /// <summary>http://127.0.0.1:port/v1</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>http://127.0.0.1:port/control/, where faults and shapes are asked for.</summary>
    public Uri Control => new(Endpoint, ControlEndpoint.Folder);

    public EmulatorRecord Record { get; }

    public FaultPlan Faults { get; } = new();

    /// <summary>How the service behaves now.</summary>
    public EmulatorSwitches Switches
    {
        get => _switches.Now;
        set => _switches.Now = value;
    }

    /// <summary>No stored media is known any more. How many there were.</summary>
    public int ForgetMedia() => _store.Forget();

    /// <summary>getResponse forgets the finished tasks, as when its answers have expired; getTaskDetails does not. How many there were.</summary>
    public int Forget() => _book.Forget();

    public static async Task<EmulatorHost> StartAsync(EmulatorOptions options, Speak speak)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(speak);
        var host = new EmulatorHost(options, speak);
        try
        {
            await host._app.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        var server = host._app.Services.GetRequiredService<IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        host.Endpoint = new Uri(new Uri(addresses.Single()), "/v1");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync();
        await _app.StopAsync();
        // A voice that does not listen to its token is left behind.
        await Task.WhenAny(_book.IdleAsync(), Task.Delay(StopTime));
        await _app.DisposeAsync();
        _deliveries.Dispose();
        _stopping.Dispose();
    }

    private static int PortOf(string urls) =>
        Uri.TryCreate(urls, UriKind.Absolute, out var url) && url.Scheme == "http" && url.Host is "127.0.0.1" or "localhost"
            ? url.Port
            : throw new ArgumentException($"The emulator listens on http://127.0.0.1:port only, not on {urls}.", nameof(urls));
}
