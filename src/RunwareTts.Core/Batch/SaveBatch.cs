using System.Diagnostics;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Saves results that were not saved, perhaps later and on another machine. A URL needs no key.
/// </summary>
/// <param name="endpoint">The service, whose private network downloads may reach; null for public addresses.</param>
public sealed class SaveBatch(Uri? endpoint = null) : IDisposable
{
    private const int WindowSize = 4;

    private readonly AudioDownload _download = new(endpoint);
    private readonly RetryDelay _delay = new(new BatchOptions().FirstRetry);
    private readonly OrderedWindow _window = new(WindowSize);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, HashSet<string>> _results = [];
    private int _index;

    /// <summary>Its one result was given on the command line, not piped.</summary>
    public bool IsAlone { get; set; }

    /// <param name="given">A result with AudioUrl or AudioData.</param>
    /// <param name="outputPath">Its file; null for one named by Id or TaskUUID.</param>
    /// <param name="files">Names its file; the same one for the same folder.</param>
    /// <param name="source">The object as it was given.</param>
    /// <param name="tags">Tags for its file; null for none.</param>
    /// <param name="provider">
    /// Fetches a result again that has neither URL nor bytes; null where it cannot be asked.
    /// </param>
    public void Add(TtsSpeech given, string? outputPath, OutputPlanner files, object? source, AudioTags? tags = null,
        ISpeechProvider? provider = null)
    {
        int index = ++_index;
        string name = NameOf(given, index);
        try
        {
            given = given with { OutputFormat = Format(given.OutputFormat, outputPath) };
            SpeechResult result = new(given.AudioUUID, Url(given), given.AudioData, given.Cost);
            bool isLost = IsLost(given);
            if (isLost && (provider is null || given.TaskUUID is null))
                throw TtsSpeech.IsFree(given.Provider) ? Errors.ResultNotKept(given.Provider!)
                    : Errors.NothingToSave(given.TaskUUID);

            string format = given.OutputFormat ?? ResultFormat.Of(result) ?? "MP3";
            string hash = Guid.NewGuid().ToString("N");
            SpeechRequest named = new()
            {
                Text = "",
                Model = given.Model ?? "",
                Voice = given.Voice ?? "",
                Language = given.Language,
                Id = given.Id,
                OutputFormat = format,
                OutputPath = outputPath,
            };
            string fallback = given.TaskUUID?.ToString() ?? given.AudioUUID ?? hash;
            OutputTarget planned = files.Plan(named, index, hash, fallback)!;
            if (given is { TaskUUID: { } task, AudioUUID: { } audio })
                planned = planned with { FullPath = Number(planned, task, audio) };
            LedgerEvent? known = given.TaskUUID is { } id ? files.Ledger?.FindTask(id) : null;
            DateTimeOffset asOf = known?.At ?? DateTimeOffset.MinValue;
            files.Claim(planned, hash, asOf);
            SaveTarget target = new(planned.FullPath, given.OutputFormat)
            {
                SampleRate = given.SampleRate,
                Channels = given.Channels,
                Replace = files.MayReplace(planned.FullPath, asOf) ? ReplaceMode.Any : ReplaceMode.Never,
                Tags = tags,
            };
            _window.Start(name, source, Task.CompletedTask,
                () => SaveAsync(given, target, files.Ledger, known, isLost ? provider : null));
        }
        catch (Exception e)
        {
            // No row may stop the others.
            _window.Add(name, source, RowResult.Of(Errors.From(e, given.TaskUUID)));
        }
    }

    /// <summary>Passes on a result that has its file already, in its order.</summary>
    public void Pass(TtsSpeech saved)
    {
        _index++;
        _window.Add("", null, new RowResult { Speeches = [saved with { Status = SpeechFactory.Unchanged }] });
    }

    /// <summary>Adds the error of a row that could not be read, in its order.</summary>
    /// <param name="why">The error.</param>
    /// <param name="given">The part of it that could be read.</param>
    /// <param name="source">The object as it was given.</param>
    public void Refuse(TtsException why, TtsSpeech? given, object? source) =>
        _window.Add(NameOf(given, ++_index), source, RowResult.Of(why));

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token) => _window.Take(all, null, token);

    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private string NameOf(TtsSpeech? given, int index) =>
        RowName.Of(given?.Id, given?.TaskUUID?.ToString(), index, IsAlone);

    /// <summary>It has neither URL nor bytes, which a CSV does not keep.</summary>
    public static bool IsLost(TtsSpeech given) => given is { AudioUrl: null, AudioData: null };

    private async Task<RowResult> SaveAsync(
        TtsSpeech given, SaveTarget target, TaskLedger? ledger, LedgerEvent? known, ISpeechProvider? provider)
    {
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            TtsSpeech unsaved = given with { Status = "Completed" };
            if (provider is not null)
            {
                SpeechResult found = await FindAsync(given, provider).ConfigureAwait(false);
                unsaved = unsaved with { AudioUrl = found.Url?.OriginalString, AudioData = found.Data };
            }

            // The folder's ledger records the file if it has the task. Otherwise the next run would take it for the
            // user's own file.
            int result = known?.Results?.TakeWhile(r => r.Audio != given.AudioUUID).Count() ?? 0;
            TaskJournal? journal = known is { IsDone: true } && result < known.Results!.Count
                ? new TaskJournal(ledger!, known) : null;
            TtsSpeech saved = await new ResultSaver(_download, _delay)
                .SaveAsync(unsaved, target, journal, result, _stop.Token).ConfigureAwait(false);
            saved = saved with { OutputFormat = given.OutputFormat ?? saved.Audio?.Format, Elapsed = clock.Elapsed };
            return new RowResult
            {
                Speeches = [saved],
                Warnings = saved.Suspect is null ? [] : [SpeechLength.Explain(saved)],
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return RowResult.Of(Errors.From(e, given.TaskUUID));
        }
    }

    // The result as the service still has it.
    private async Task<SpeechResult> FindAsync(TtsSpeech given, ISpeechProvider provider)
    {
        TaskRecall recall = new(provider, _delay);
        IReadOnlyList<SpeechResult> results =
            (await recall.AskAsync(given.TaskUUID!.Value, _stop.Token).ConfigureAwait(false))?.Results ?? [];
        return results.FirstOrDefault(r => given.AudioUUID is not null && r.AudioUuid == given.AudioUUID)
            ?? (results.Count == 1 ? results[0] : throw Errors.NothingToSave(given.TaskUUID));
    }

    // Several results of one task share their Id: those after the first are numbered.
    private string Number(OutputTarget target, Guid task, string audio)
    {
        string key = $"{task} {target.FullPath}";
        if (!_results.TryGetValue(key, out HashSet<string>? seen))
            _results.Add(key, seen = []);
        // The same result a second time gets no number, so that it fails with OutputPathTaken.
        return seen.Add(audio) ? target.PathOf(seen.Count - 1) : target.FullPath;
    }

    // The format asked for, else that of the path's extension; null for neither.
    private static string? Format(string? asked, string? path)
    {
        Findings findings = new();
        string format = FormatRules.Read(new SpeechRow { OutputFormat = asked, OutputPath = path }, findings).Name;
        if (findings.Problems.Count > 0)
            throw Errors.InvalidRow(findings.Problems);
        bool isSaid = CellParser.Clean(asked) is not null
            || SpeechCatalog.FindFormatByExtension(Path.GetExtension(path ?? "")) is not null;
        return isSaid ? format : null;
    }

    /// <summary>Where its audio is; null where no URL is known.</summary>
    /// <exception cref="TtsException">InvalidRequest.AudioUrl.</exception>
    internal static Uri? Url(TtsSpeech given)
    {
        if (given.AudioUrl is null)
            return null;
        return Uri.TryCreate(given.AudioUrl, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw Errors.Invalid("AudioUrl",
                $"AudioUrl '{Presigned.Mask(given.AudioUrl)}' is not an absolute http or https URL.");
    }
}
