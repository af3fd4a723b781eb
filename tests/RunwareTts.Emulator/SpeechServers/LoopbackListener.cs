using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RunwareTts.Emulator;

/// <summary>An HTTP listener that can close, so that it refuses connections, and open again on its port.</summary>
internal sealed class LoopbackListener(RequestDelegate handle, int port) : IAsyncDisposable
{
    private const int MaxTries = 100;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private WebApplication? _app;

    // Keeps the port from others while it is closed: bound, and deaf.
    private Socket? _holder;

    public int Port { get; private set; } = port;

    public bool IsOpen => _app is not null;

    public async Task OpenAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_app is not null) return;
            _holder?.Dispose();
            _holder = null;
            _app = await StartAsync();
            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
            Port = new Uri(addresses.Addresses.Single()).Port;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="atOnce">Connections are broken; else requests in progress are answered first.</param>
    public async Task CloseAsync(bool atOnce)
    {
        await _turn.WaitAsync();
        try
        {
            if (_app is null) return;
            await StopAsync(_app, atOnce);
            _app = null;
            _holder = Hold(Port);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(atOnce: true);
        _holder?.Dispose();
        _turn.Dispose();
    }

    private async Task<WebApplication> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var app = Build();
            try
            {
                await app.StartAsync();
                return app;
            }
            catch (IOException) when (attempt < MaxTries && Port != 0)
            {
                await app.DisposeAsync();
                await Task.Delay(RetryAfter);
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
        }
    }

    private WebApplication Build()
    {
        // The empty builder reads no environment, no settings file, and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        var app = builder.Build();
        app.Run(handle);
        return app;
    }

    private static async Task StopAsync(WebApplication app, bool atOnce)
    {
        using var patience = new CancellationTokenSource();
        if (atOnce) await patience.CancelAsync();
        try
        {
            await app.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It stops all the same, and breaks what was open.
        }
        await app.DisposeAsync();
    }

    private static Socket? Hold(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            // Some systems lend a port that has just been closed only to a listener.
            socket.Dispose();
            return null;
        }
    }
}
