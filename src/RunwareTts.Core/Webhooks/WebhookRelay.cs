using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RunwareTts.Webhooks;

/// <summary>
/// Allows any Host on this machine's own addresses. HttpListener (http.sys and the managed one alike) answers 404 to a
/// Host that is not its prefix's, and a tunnel keeps the public one. So a relay accepts the connections, puts the
/// prefix's host into the head of each request and forwards all else as it is. One connection is one request.
/// </summary>
internal sealed class WebhookRelay : IDisposable
{
    private const int MaxHead = 64 * 1024;
    private const int Chunk = 16 * 1024;
    private const int MaxConnections = 1000;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly TimeSpan _headTime;

    /// <exception cref="SocketException">The port is taken, or may not be listened on.</exception>
    public WebhookRelay(IEnumerable<IPAddress> addresses, int port, IPEndPoint target, TimeSpan headTime)
    {
        _target = target;
        _headTime = headTime;
        try
        {
            foreach (IPAddress address in addresses)
            {
                TcpListener listener = new(address, port);
                // Under Windows another process could else take the port too.
                if (OperatingSystem.IsWindows())
                    listener.ExclusiveAddressUse = true;
                try
                {
                    listener.Start();
                    _listeners.Add(listener);
                }
                catch (SocketException e) when (_listeners.Count > 0
                    && e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                {
                    // A name of two addresses, of which this machine has one.
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        foreach (TcpListener listener in _listeners)
            _ = Task.Run(() => AcceptAsync(listener), CancellationToken.None);
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (TcpListener listener in _listeners)
            listener.Stop();
        foreach (TcpClient client in _open.Keys)
            client.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, or a caller that went away before it was let in.
                await Task.Delay(1).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient inner = new(AddressFamily.InterNetwork);
        try
        {
            _open[client] = true;
            _open[inner] = true;
            if (_stop.IsCancellationRequested || _open.Count > 2 * MaxConnections)
                return;
            if (await ReadHeadAsync(client).ConfigureAwait(false) is not { } head)
                return;
            await inner.ConnectAsync(_target.Address, _target.Port).ConfigureAwait(false);
            await inner.GetStream().WriteAsync(head).ConfigureAwait(false);
            Task up = CopyAsync(client, inner);
            await CopyAsync(inner, client).ConfigureAwait(false);
            // A sender that is still sending gets a moment to read the answer, which a reset would discard.
            await Task.WhenAny(up, Task.Delay(LastWords)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One of the two ends went away; the other learns it by the end of its connection.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(inner, out _);
            client.Dispose();
        }
    }

    /// <summary>
    /// The head of a request with the target's host in it, and what came after it; null when none came.
    /// </summary>
    private async Task<byte[]?> ReadHeadAsync(TcpClient client)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        time.CancelAfter(_headTime);
        // A read on a socket takes no notice of a token everywhere.
        using CancellationTokenRegistration late = time.Token.Register(client.Dispose);
        byte[] buffer = new byte[MaxHead];
        int filled = 0;
        int end = -1;
        while (end < 0 && filled < buffer.Length)
        {
            int read = await client.GetStream().ReadAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            if (read == 0)
                return null;
            end = buffer.AsSpan(0, filled + read).Slice(Math.Max(0, filled - HeadEnd.Length))
                .IndexOf(HeadEnd) is var at and >= 0 ? Math.Max(0, filled - HeadEnd.Length) + at : -1;
            filled += read;
        }

        return end < 0 ? null
            : [.. Rewrite(buffer, end), .. buffer.AsSpan(end + HeadEnd.Length, filled - end - HeadEnd.Length)];
    }

    // Bytes of a head are Latin-1 on their way in and out, whatever they mean.
    private byte[] Rewrite(byte[] buffer, int end)
    {
        Encoding latin = Encoding.GetEncoding("ISO-8859-1");
        string[] lines = latin.GetString(buffer, 0, end).Split(["\r\n"], StringSplitOptions.None);
        lines[0] = ToOriginForm(lines[0]);
        IEnumerable<string> kept = lines.Where(line => !Is(line, "Host") && !Is(line, "Connection")
            && !Is(line, "Keep-Alive"));
        return latin.GetBytes(string.Join("\r\n", [.. kept, $"Host: {_target}", "Connection: close"]) + "\r\n\r\n");
    }

    // The host of an absolute target counts more than the header, and is as public.
    private static string ToOriginForm(string requestLine)
    {
        string[] parts = requestLine.Split(' ');
        bool isAbsolute = parts.Length == 3 && parts[1].StartsWith("http", StringComparison.OrdinalIgnoreCase);
        if (isAbsolute && Uri.TryCreate(parts[1], UriKind.Absolute, out Uri? target))
            parts[1] = target.PathAndQuery;
        return string.Join(" ", parts);
    }

    private static bool Is(string line, string name) =>
        line.Length > name.Length && line.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            && line.Substring(name.Length).TrimStart(' ', '\t').StartsWith(':');

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[Chunk];
        while (await ReadAsync(from, buffer).ConfigureAwait(false) is { } read)
        {
            try
            {
                if (read > 0)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read)).ConfigureAwait(false);
                    continue;
                }

                to.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (IsEnd(e))
            {
                // It takes no more; what it has to say comes by the other way.
            }

            return;
        }

        // A connection that was cut must not look finished: the other one is cut too.
        to.LingerState = new LingerOption(enable: true, seconds: 0);
        to.Dispose();
    }

    /// <summary>How much came, 0 at the end; null when the connection was cut.</summary>
    private static async Task<int?> ReadAsync(TcpClient from, byte[] buffer)
    {
        try
        {
            return await from.GetStream().ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            return null;
        }
    }

    private static bool IsEnd(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or InvalidOperationException;
}
