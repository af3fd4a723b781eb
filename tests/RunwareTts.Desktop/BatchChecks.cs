using System.Net;
using System.Net.Sockets;
using System.Text;
using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Desktop;

/// <summary>Batches over real sockets into real files.</summary>
internal static class BatchChecks
{
    private const int Many = 12;
    private static readonly TimeSpan FarTooLong = TimeSpan.FromMinutes(2);

    public static IEnumerable<(string What, Action Act)> All(Uri endpoint, string key, string folder)
    {
        RunwareClient client = new(endpoint, ApiKey.From(key));
        yield return ("a batch is spoken, many rows at one time", () => Statuses(client, folder, "Completed"));
        yield return ("a second run finds all in the ledger", () => Statuses(client, folder, "Unchanged"));
        yield return ("a file that is gone is fetched again, for nothing", () =>
        {
            File.Delete(Path.Combine(folder, "row1.wav"));
            Statuses(client, folder, "Unchanged", 1);
            Expect.Equal(true, File.Exists(Path.Combine(folder, "row1.wav")));
        });
        yield return ("a wrong key is an error of the service", () => Expect.Equal("Runware.invalidApiKey", Error(new RunwareClient(endpoint, ApiKey.From("wrong")))?.ErrorId));
        yield return ("a host that is not there is tried three times", () =>
        {
            // Nobody else can have the port, and nobody listens on it.
            using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Uri nobody = new($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint).Port}/v1");
            TtsException? error = Error(new RunwareClient(nobody, ApiKey.From(key)));
            Expect.Equal("ServiceUnreachable", error?.ErrorId);
            Expect.Equal(true, error?.Message.Contains("Tried 3 times"));
        });
        yield return ("an answer that stalls half way can be stopped", () => Stalled(key));
    }

    private static void Statuses(RunwareClient client, string folder, string status, int only = Many)
    {
        List<BatchEvent> events = Run(client, folder, Enumerable.Range(1, only));
        foreach (BatchEvent.RowFailed failed in events.OfType<BatchEvent.RowFailed>())
            throw failed.Error;
        Expect.Equal(string.Join(" ", Enumerable.Repeat(status, only)), string.Join(" ", events.OfType<BatchEvent.SpeechMade>().Select(e => e.Speech.Status)));
    }

    private static TtsException? Error(RunwareClient client) => Run(client, null, [1]).OfType<BatchEvent.RowFailed>().SingleOrDefault()?.Error;

    private static List<BatchEvent> Run(RunwareClient client, string? folder, IEnumerable<int> numbers)
    {
        using TaskLedger ledger = folder is null ? LedgerLocation.OpenTemporary() : LedgerLocation.OpenDirectory(folder);
        BatchOptions options = new() { ThrottleLimit = Many, FirstRetry = TimeSpan.FromMilliseconds(20) };
        using SpeechBatch batch = new(new RunwareProvider(client), options, new OutputPlanner(folder, false, Path.GetFullPath, ledger), ledger);
        foreach (int number in numbers)
        {
            SpeechRow row = new() { Id = $"row{number}", Text = $"Grüß Gott, 你好, 😀 {number}", OutputFormat = "WAV" };
            batch.Start(batch.Plan(row, row, row));
        }

        return [.. batch.Take(all: true, CancellationToken.None)];
    }

    private static void Stalled(string key)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        try
        {
            using CancellationTokenSource stop = new();
            Task ping = new RunwareClient(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"), ApiKey.From(key)).PingAsync(stop.Token);
            using TcpClient caller = listener.AcceptTcpClient();
            byte[] half = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"data\":[");
            caller.GetStream().Write(half, 0, half.Length);
            Thread.Sleep(500);
            stop.Cancel();
            Expect.Equal(true, Task.WhenAny(ping, Task.Delay(FarTooLong)).Result == ping);
            Expect.Throws<OperationCanceledException>(() => ping.GetAwaiter().GetResult());
        }
        finally
        {
            listener.Stop();
        }
    }
}
