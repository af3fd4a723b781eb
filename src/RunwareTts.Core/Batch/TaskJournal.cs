using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Records the events of one task in the ledger.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="about">The task, as it is submitted.</param>
internal sealed class TaskJournal(TaskLedger ledger, LedgerEvent about)
{
    private IReadOnlyList<LedgerResult>? _results = about.Results;
    private string? _error = about.Error;
    private int? _attempts = about.Attempts;
    private double? _seconds = about.Seconds;
    private DateTimeOffset _submitted = about.SubmittedAt;

    /// <summary>The preset voice that was sent in place of auto; null if the voice was sent as asked for.</summary>
    public string? Chosen { get; set; } = about.Chosen;

    /// <summary>When the task was submitted.</summary>
    public DateTimeOffset Submitted => _submitted;

    /// <param name="ledger">The ledger.</param>
    /// <param name="row">The row.</param>
    /// <param name="task">Its task.</param>
    /// <param name="provider">What generates it.</param>
    /// <param name="endpoint">Where it is sent.</param>
    /// <param name="sent">The event that an earlier run recorded for the same task; null for a new task.</param>
    public static TaskJournal Of(TaskLedger ledger, PlannedRow row, Guid task, ISpeechProvider provider,
        string? endpoint, LedgerEvent? sent = null) => new(ledger, new LedgerEvent
    {
        Event = LedgerEventKind.Submitted,
        At = DateTimeOffset.UtcNow,
        Task = task,
        Submitted = sent?.SubmittedAt,
        Upload = sent is not null ? sent.Upload
            : provider.UploadsResults ? RequestHash.UploadHash(row.Request!) : null,
        Hash = row.Identity,
        Provider = provider.Name,
        Endpoint = endpoint,
        Id = row.Request!.Id,
        Model = row.Request.ModelName,
        Voice = row.Request.Voice,
        Chosen = row.Chosen,
        Language = row.Request.Language,
        Format = row.Request.OutputFormat,
        Characters = row.Request.TextLength,
        NumberResults = row.Request.NumberResults,
        Path = row.Target is null ? null : ledger.Relative(row.Target.FullPath),
    });

    /// <exception cref="TtsException">
    /// OutputNotWritten or LedgerLocked, which end the pipeline: no task is sent that the ledger does not have.
    /// </exception>
    public async Task SubmittedAsync()
    {
        try
        {
            _submitted = DateTimeOffset.UtcNow;
            await ledger.AppendAsync(about with { At = _submitted }).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Errors.LedgerNotWritten(ledger.Name, e);
        }
    }

    public Task AcceptedAsync() => TryAsync(Short(LedgerEventKind.Accepted));

    /// <summary>The service has made results; for missing ones there is an error.</summary>
    /// <param name="answer">Its results.</param>
    /// <param name="attempts">How often it was sent.</param>
    /// <param name="elapsed">From its submission to here.</param>
    /// <param name="open">Until when it was seen unfinished; null if nothing shows when it ended.</param>
    public Task CompletedAsync(TaskAnswer answer, int attempts, TimeSpan elapsed, TimeSpan? open = null)
    {
        _results = [.. answer.Results.Select(r =>
            new LedgerResult(r.AudioUuid, r.Url?.GetLeftPart(UriPartial.Path), r.Cost))];
        _error = answer.Errors.Count > 0 ? answer.Errors[0].ErrorId : null;
        _attempts = attempts;
        _seconds = Math.Round(elapsed.TotalSeconds, 3);
        return TryAsync(Done(LedgerEventKind.Completed) with
        {
            OpenSeconds = open is { } until ? Math.Round(until.TotalSeconds, 3) : null,
        });
    }

    /// <summary>Makes its results the last event of the request again, after a later task was discarded.</summary>
    public Task KeptAsync() => TryAsync(Done(LedgerEventKind.Completed));

    /// <summary>The task has ended without results.</summary>
    public Task FailedAsync(TtsException error) =>
        TryAsync(Short(LedgerEventKind.Failed) with { Error = error.ErrorId });

    /// <summary>
    /// A file of a result, before it is renamed. A folder's ledger must have it, or the next run would take the file
    /// for the user's own.
    /// </summary>
    public Task SavedAsync(PendingSpeech saved, FileMark mark, int index)
    {
        LedgerEvent happened = WithFile(Done(LedgerEventKind.Saved), saved.Speech.Path!, mark) with
        {
            Index = index,
            Audio = LedgerAudio.Of(saved.Speech.Audio),
            Tags = saved.Tags,
            Before = saved.Before,
            Parts = about.Parts,
            Suspect = about.Suspect ?? saved.Speech.Suspect,
        };
        return ledger.Directory is null ? TryAsync(happened) : ledger.AppendAsync(happened);
    }

    /// <summary>Makes the event of a file that is kept the last one of its request.</summary>
    public Task KeptAsync(string path) =>
        ledger.FindFile(path) is { } saved ? TryAsync(saved with { At = DateTimeOffset.UtcNow }) : Task.CompletedTask;

    /// <summary>Records the time of a file that was recognized by its content or length alone.</summary>
    public static async Task SeenAsync(TaskLedger ledger, LedgerEvent saved, string path)
    {
        try
        {
            FileMark mark = FileMark.Of(path);
            if (mark.Bytes == saved.Bytes && (saved.Content ?? mark.Content) == mark.Content)
                await ledger.AppendAsync(
                    saved with { Event = LedgerEventKind.Seen, Written = mark.Written, Content = mark.Content })
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            // The next run reads the content of the file again.
        }
    }

    /// <summary>
    /// Records that a cast voice is kept in this file, or was to be: if its files are removed, it is cast again.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="task">The task that has cast it.</param>
    /// <param name="subject">Its <see cref="RequestHash.OfCasting"/>.</param>
    /// <param name="path">The file.</param>
    public static Task KeptVoiceAsync(TaskLedger ledger, Guid task, string subject, string path)
    {
        FileMark? mark = File.Exists(path) ? FileMark.Of(path) : null;
        return ledger.AppendAsync(new LedgerEvent
        {
            Event = LedgerEventKind.Seen,
            At = DateTimeOffset.UtcNow,
            Task = task,
            Hash = subject,
            File = ledger.Relative(path),
            Bytes = mark?.Bytes,
            Written = mark?.Written,
            Content = mark?.Content,
        });
    }

    /// <summary>Records an upload, without any other change.</summary>
    public Task UploadedAsync(string upload)
    {
        // The file may belong to another row by now, or to another ledger.
        LedgerEvent? file = ledger.Absolute(about.File) is { } path ? ledger.FindFile(path) : null;
        LedgerEvent now = about.File is null ? about
            : file?.Task == about.Task ? file
            : Done(LedgerEventKind.Completed);
        return TryAsync(now with { At = DateTimeOffset.UtcNow, Upload = upload });
    }

    /// <summary>
    /// A joined file, before it is renamed. Its parts were charged and recorded as tasks of their own.
    /// </summary>
    public Task JoinedAsync(TtsSpeech joined, string? tags, FileMark mark) =>
        ledger.AppendAsync(WithFile(about, joined.Path!, mark) with
        {
            Event = LedgerEventKind.Saved,
            At = DateTimeOffset.UtcNow,
            Results = [new LedgerResult(null, null, null)],
            Attempts = joined.Attempts,
            Seconds = Math.Round(joined.Elapsed.TotalSeconds, 3),
            Index = 0,
            Audio = LedgerAudio.Of(joined.Audio),
            Tags = tags,
            Parts = joined.Parts,
            Suspect = joined.Suspect,
        });

    /// <summary>The subtitles of a joined file, before they are renamed.</summary>
    public Task SubtitledAsync(FileInfo subtitle, FileMark mark) =>
        ledger.AppendAsync(WithFile(about, subtitle.FullName, mark) with
        {
            Event = LedgerEventKind.Saved,
            At = DateTimeOffset.UtcNow,
            Hash = SplitRules.SubtitleHash(about.Hash!, subtitle),
        });

    private LedgerEvent WithFile(LedgerEvent happened, string path, FileMark mark) => happened with
    {
        File = ledger.Relative(path),
        Bytes = mark.Bytes,
        Written = mark.Written,
        Content = mark.Content,
        Over = Replaced(path),
    };

    private LedgerEvent Short(LedgerEventKind kind) => new()
    {
        Event = kind,
        At = DateTimeOffset.UtcNow,
        Task = about.Task,
        Submitted = _submitted,
        Hash = about.Hash,
        Endpoint = about.Endpoint,
        Path = about.Path,
        Upload = about.Upload,
        Chosen = Chosen,
    };

    private LedgerEvent Done(LedgerEventKind kind) =>
        Short(kind) with { Results = _results, Error = _error, Attempts = _attempts, Seconds = _seconds };

    // Without such an event a later run only asks the service again, which is free. So an error here must not lose the
    // audio.
    private async Task TryAsync(LedgerEvent happened)
    {
        try
        {
            await ledger.AppendAsync(happened).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFile(e) || e is TtsException)
        {
            // See above.
        }
    }

    // After a kill before the rename, the next run must know that the old file is this module's own.
    private FileMark? Replaced(string path)
    {
        try
        {
            return ledger.Made(path) is null ? null : FileMark.Of(path);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            return null;
        }
    }

    private static bool IsOfFile(Exception e) => FileFault.Is(e) || e is ObjectDisposedException;
}
