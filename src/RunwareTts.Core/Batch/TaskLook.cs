using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Asks once how far some tasks are.</summary>
internal static class TaskLook
{
    /// <param name="provider">Where the tasks are.</param>
    /// <param name="rows">The tasks.</param>
    /// <param name="directory">Their folder, echoed.</param>
    /// <param name="endpoint">Where they are, echoed.</param>
    /// <param name="source">The row as it was given; null for ids, each of which then is its own.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="TtsException">What is wrong with the whole request.</exception>
    public static async Task<List<BatchEvent>> LookAsync(ISpeechProvider provider, IReadOnlyList<TaskRow> rows, string? directory, string? endpoint, object? source, CancellationToken token)
    {
        List<BatchEvent> events = [];
        List<(Guid Id, int? Expected, SpeechRequest Request, TaskRow Row)> known = [];
        foreach (TaskRow row in rows)
        {
            try
            {
                (Guid id, int? expected, SpeechRequest request) = row.Read();
                known.Add((id, expected, request, row));
            }
            catch (TtsException e)
            {
                events.Add(new BatchEvent.Failed(e, source ?? row.TaskUUID));
            }
        }

        if (known.Count == 0)
            return events;
        provider.Ready();
        IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync([.. known.Select(t => t.Id)], token).ConfigureAwait(false);
        foreach ((Guid id, int? expected, SpeechRequest request, TaskRow row) in known)
        {
            answers.TryGetValue(id, out TaskAnswer? answer);
            events.Add(new BatchEvent.Submitted(Describe(id, expected, request, row, answer, directory, endpoint)));
            events.AddRange((answer?.Errors ?? []).Select(e => new BatchEvent.Failed(e, source ?? row.TaskUUID)));
        }

        return events;
    }

    private static TtsTask Describe(Guid id, int? expected, SpeechRequest request, TaskRow row, TaskAnswer? answer, string? directory, string? endpoint) => new()
    {
        TaskUUID = id,
        Id = request.Id,
        Text = row.Text,
        Model = row.Model,
        Voice = row.Voice,
        Language = request.Language,
        Speed = row.Speed,
        OutputFormat = row.OutputFormat,
        OutputPath = request.OutputPath,
        OutputDirectory = directory,
        NumberResults = expected ?? Math.Max(1, answer?.Results.Count ?? 1),
        MaxNewTokens = request.MaxNewTokens,
        Submitted = row.SubmittedAt,
        Status = answer switch
        {
            null => "Unknown",
            _ when !answer.IsFinal(expected) => "Processing",
            { Results.Count: 0 } => "Failed",
            { Errors.Count: > 0 } => "PartlyCompleted",
            _ => "Completed",
        },
        Progress = answer is null ? null : answer.IsFinal(expected) ? 100 : answer.Progress,
        Endpoint = endpoint,
    };
}
