using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>Rows through Core as New-TtsSpeech takes them, into a folder with its ledger. Results are let go of as they come.</summary>
internal static class BatchRun
{
    /// <param name="endpoint">The emulator.</param>
    /// <param name="folder">OutputDirectory.</param>
    /// <param name="throttle">ThrottleLimit.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="spoken">Told of each result.</param>
    public static void Run(Uri endpoint, string folder, int throttle, IEnumerable<SpeechRow> rows, Action<TtsSpeech> spoken)
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(folder);
        BatchOptions options = new() { ThrottleLimit = throttle, Endpoint = endpoint.ToString() };
        using SpeechBatch batch = new(EmulatorProcess.Provider(endpoint), options, new OutputPlanner(folder, false, Path.GetFullPath, ledger), ledger);
        foreach (SpeechRow row in rows)
        {
            batch.Start(batch.Plan(row, row, row));
            Drop(batch.Take(all: false, CancellationToken.None), spoken);
        }

        Drop(batch.Take(all: true, CancellationToken.None), spoken);
    }

    /// <summary>Rows that differ in their texts and names.</summary>
    public static IEnumerable<SpeechRow> Rows(string name, int count) =>
        Enumerable.Range(1, count).Select(n => new SpeechRow { Id = $"{name}-{n:000000}", Text = $"This is {name} number {n}, and it is read aloud to nobody.", Voice = "ryan", Language = "English" });

    private static void Drop(IEnumerable<BatchEvent> events, Action<TtsSpeech> spoken)
    {
        foreach (BatchEvent happened in events)
        {
            if (happened is BatchEvent.RowFailed failed)
                throw failed.Error;
            if (happened is BatchEvent.SpeechMade { Speech: { } speech })
                spoken(speech);
        }
    }
}
