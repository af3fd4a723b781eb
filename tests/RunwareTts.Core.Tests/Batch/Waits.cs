using System.Collections;
using System.Globalization;
using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

internal static class Waits
{
    public static TaskRow RowOf(TtsTask task) => new()
    {
        TaskUUID = task.TaskUUID.ToString(),
        Id = task.Id,
        Text = task.Text,
        Model = task.Model,
        Voice = task.Voice,
        OutputFormat = task.OutputFormat,
        OutputPath = task.OutputPath,
        Submitted = task.Submitted?.ToString("o", CultureInfo.InvariantCulture),
        NumberResults = task.NumberResults?.ToString(CultureInfo.InvariantCulture),
    };

    public static List<BatchEvent> Run(ISpeechProvider provider, IEnumerable<TaskRow> rows, string? directory, BatchOptions? options = null, IDictionary? tags = null)
    {
        using TaskBatch waiter = new(provider, options ?? Service.Quick, AudioTags.Read(tags));
        using TaskLedger ledger = directory is null ? LedgerLocation.OpenTemporary() : LedgerLocation.OpenDirectory(directory);
        OutputPlanner planner = new(directory, force: false, Path.GetFullPath, ledger);
        List<BatchEvent> events = [];
        foreach (TaskRow row in rows)
        {
            waiter.Add(row, planner, row);
            events.AddRange(waiter.Take(all: false, CancellationToken.None));
        }

        events.AddRange(waiter.Take(all: true, CancellationToken.None));
        return events;
    }
}
