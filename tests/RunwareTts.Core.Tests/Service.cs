using System.Text.Json;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests;

/// <summary>The emulator in this process, and batches against it.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly EmulatorHost _host;

    // Else the clips of tests would be remembered in the state folder of the person at the keyboard.
    private readonly TempFolder _state = new();

    private Service(EmulatorHost host) => _host = host;

    public static readonly BatchOptions Quick = new()
    {
        FirstPoll = TimeSpan.FromMilliseconds(40),
        FirstRetry = TimeSpan.FromMilliseconds(20),
        Timeout = TimeSpan.FromMinutes(2),
    };

    public Uri Endpoint => _host.Endpoint;

    public Uri Control => _host.Control;

    public EmulatorRecord Record => _host.Record;

    public FaultPlan Faults => _host.Faults;

    /// <summary>The ids of the tasks of a type that were sent, in their order.</summary>
    public Guid[] Sent(string type) =>
        [.. Record.Tasks.Where(t => t.TaskType == type).Select(t => JsonDocument.Parse(t.Json).RootElement.GetProperty("taskUUID").GetGuid())];

    public int Forget() => _host.Forget();

    /// <summary>How the service behaves now.</summary>
    public EmulatorSwitches Switches
    {
        set => _host.Switches = value;
    }

    public int ForgetMedia() => _host.ForgetMedia();

    public static async Task<Service> StartAsync(EmulatorOptions? options = null, Speak? speak = null) =>
        new(await EmulatorHost.StartAsync(options ?? new EmulatorOptions(), speak ?? DraftVoice.SpeakAsync));

    public RunwareClient Client(string? key = null) => new(Endpoint, ApiKey.From(key ?? new EmulatorOptions().ApiKey));

    public ISpeechProvider Provider(string? key = null) => new RunwareProvider(Client(key), _state.Path);

    public List<BatchEvent> Run(IEnumerable<SpeechRow> rows, string? directory = null, BatchOptions? options = null, string? key = null, bool force = false) =>
        Batches.Run(Provider(key), rows, directory, options ?? Quick, force);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _state.Dispose();
    }
}

internal static class Batches
{
    public static List<BatchEvent> Run(ISpeechProvider provider, IEnumerable<SpeechRow> rows, string? directory, BatchOptions options, bool force = false)
    {
        using TaskLedger ledger = directory is null ? LedgerLocation.OpenTemporary() : LedgerLocation.OpenDirectory(directory);
        return Run(provider, rows, directory, options, ledger, force);
    }

    public static List<BatchEvent> Run(ISpeechProvider provider, IEnumerable<SpeechRow> rows, string? directory, BatchOptions options, TaskLedger ledger, bool force = false)
    {
        using SpeechBatch batch = new(provider, options, new OutputPlanner(directory, force, Path.GetFullPath, ledger), ledger);
        List<BatchEvent> events = [];
        foreach (SpeechRow row in rows)
        {
            batch.Start(batch.Plan(row, row, row));
            events.AddRange(batch.Take(all: false, CancellationToken.None));
        }

        events.AddRange(batch.Take(all: true, CancellationToken.None));
        return events;
    }

    public static TtsSpeech[] Spoken(this IEnumerable<BatchEvent> events) => [.. events.OfType<BatchEvent.SpeechMade>().Select(e => e.Speech)];

    public static TtsException[] Errors(this IEnumerable<BatchEvent> events) => [.. events.OfType<BatchEvent.RowFailed>().Select(e => e.Error)];
}

internal static class Estimates
{
    /// <summary>USD by the list price.</summary>
    public static decimal Of(SpeechRequest request)
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        return new PriceBook(ledger, null).Reserve(request);
    }
}

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("runwaretts-test-").FullName;

    /// <summary>All files but the ledger's, by their paths inside the folder.</summary>
    public string[] Files => [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Where(f => !f.Contains("tts-ledger.jsonl", StringComparison.Ordinal)).Select(f => System.IO.Path.GetRelativePath(Path, f)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
