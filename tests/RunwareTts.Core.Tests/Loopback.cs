using System.Net;
using System.Net.Sockets;

namespace RunwareTts.Tests;

/// <summary>Ports of this machine, for programs that cannot ask the system for a free one.</summary>
internal static class Loopback
{
    // Below those that systems give to outgoing connections.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int MaxTries = 50;

    /// <summary>Starts something on a port of its own.</summary>
    /// <param name="start">Starts it on this port, or throws.</param>
    /// <param name="isTaken">The port belongs to another: the next one is tried.</param>
    public static T Start<T>(Func<int, T> start, Func<Exception, bool> isTaken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return start(Random.Shared.Next(First, Last));
            }
            catch (Exception e) when (attempt < MaxTries && isTaken(e))
            {
            }
        }
    }

    /// <summary>A bare listener.</summary>
    /// <param name="path">What its address ends with.</param>
    public static (HttpListener Listener, string Url) Listen(string path = "") => Start(
        port =>
        {
            string url = $"http://127.0.0.1:{port}/{path}";
            HttpListener listener = new() { Prefixes = { url } };
            listener.Start();
            return (listener, url);
        },
        e => e is HttpListenerException);
}

/// <summary>A port that refuses: it belongs to this test, which does not listen on it.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
