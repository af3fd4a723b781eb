using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Gets the status of tasks, many by one request, without waiting.</summary>
/// <param name="provider">Where the tasks are.</param>
/// <param name="endpoint">The Endpoint of the tasks.</param>
public sealed class TaskStatusReader(ISpeechProvider provider, string? endpoint)
{
    private readonly List<Row> _rows = [];
    private int _index;

    /// <summary>Enough tasks have come for one request.</summary>
    public bool IsFull => _rows.Count >= TaskPoller.MaxInOneRequest;

    /// <param name="row">The task.</param>
    /// <param name="directory">Its OutputDirectory.</param>
    /// <param name="source">The row as it was given.</param>
    /// <returns>The error of an invalid row; else nothing.</returns>
    public IEnumerable<BatchEvent> Add(TaskRow row, string? directory, object? source)
    {
        string name = RowName.Of(row.Id, row.TaskUUID, ++_index, row.IsAlone);
        try
        {
            (Guid id, int? expected, SpeechRequest request) = row.Read();
            _rows.Add(new Row(id, expected, request, row, directory, source, name));
            return [];
        }
        catch (TtsException e)
        {
            return RowResult.Of(e).ToEvents(name, source);
        }
    }

    /// <summary>Asks for the tasks that were added, and forgets them.</summary>
    /// <exception cref="TtsException">What ends the pipeline.</exception>
    public async Task<IReadOnlyList<BatchEvent>> ReadAsync(CancellationToken token)
    {
        if (_rows.Count == 0)
            return [];
        provider.EnsureReady();
        Row[] rows = [.. _rows];
        _rows.Clear();
        try
        {
            IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync(
                [.. rows.Select(r => r.Id).Distinct()], token).ConfigureAwait(false);
            return [.. rows.SelectMany(row =>
                ResultOf(row, answers.TryGetValue(row.Id, out TaskAnswer? answer) ? answer : null)
                    .ToEvents(row.Name, row.Source))];
        }
        catch (TtsException e) when (!e.EndsPipeline && !e.IsUnanswered)
        {
            return [.. rows.SelectMany(row => RowResult.Of(e).ToEvents(row.Name, row.Source))];
        }
    }

    private RowResult ResultOf(Row row, TaskAnswer? answer) =>
        new() { Task = Describe(row, answer), Errors = answer?.Errors ?? [] };

    private TtsTask Describe(Row row, TaskAnswer? answer) => new()
    {
        TaskUUID = row.Id,
        Id = row.Request.Id,
        Text = row.Given.Text,
        Model = row.Given.Model,
        Voice = row.Given.Voice,
        Language = row.Request.Language,
        Speed = row.Given.Speed,
        OutputFormat = row.Given.OutputFormat,
        OutputPath = row.Request.OutputPath,
        OutputDirectory = row.Directory,
        NumberResults = row.Expected ?? (answer?.IsFinal(null) == true ? answer.Results.Count : null),
        MaxNewTokens = row.Request.MaxNewTokens,
        Submitted = row.Given.SubmittedAt,
        Status = answer switch
        {
            null => "Unknown",
            _ when !answer.IsFinal(row.Expected) => "Processing",
            { Results.Count: 0 } => "Failed",
            { Errors.Count: > 0 } => "PartlyCompleted",
            _ => "Completed",
        },
        Progress = answer is null ? null : answer.IsFinal(row.Expected) ? 100 : answer.Progress,
        Endpoint = endpoint,
    };

    private sealed record Row(Guid Id, int? Expected, SpeechRequest Request, TaskRow Given, string? Directory,
        object? Source, string Name);
}
