using System.Diagnostics;
using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Runware;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Results that were not saved become files, later and elsewhere. No key is needed: the URL is enough.</summary>
/// <param name="endpoint">Where the service is; null for somewhere in public.</param>
public sealed class SaveBatch(Uri? endpoint = null) : IDisposable
{
    private const int AtOnce = 4;

    private readonly AudioDownload _download = new(endpoint);
    private readonly RetryDelay _delay = new(new BatchOptions().FirstRetry);
    private readonly OrderedWindow _window = new(AtOnce);
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
                throw Errors.NothingToSave(given.TaskUUID);

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
            OutputTarget target = files.Plan(named, index, hash, given.TaskUUID?.ToString() ?? given.AudioUUID ?? hash)!;
            if (given is { TaskUUID: { } task, AudioUUID: { } audio })
                target = target with { FullPath = Number(target, task, audio) };
            LedgerEvent? known = given.TaskUUID is { } id ? files.Ledger?.FindTask(id) : null;
            DateTimeOffset asOf = known?.At ?? DateTimeOffset.MinValue;
            files.Claim(target, hash, asOf);
            Stopwatch clock = Stopwatch.StartNew();
            ResultSaver saver = new(_download.FetchAsync, _delay);
            SaveOrder order = new(
                target.FullPath,
                given.OutputFormat,
                saved => given with { OutputFormat = given.OutputFormat ?? saved.Audio?.Format, Path = saved.Path, Audio = saved.Audio, Size = saved.Size, AudioData = saved.Path is null ? given.AudioData : null, Elapsed = clock.Elapsed, Status = "Completed" })
            {
                SampleRate = given.SampleRate,
                Channels = given.Channels,
                Overwrite = files.MayReplace(target.FullPath, asOf),
                Tags = tags,
                Record = known is { IsDone: true } ? Recorder(files.Ledger!, known, given.AudioUUID) : null,
            };
            _window.Start(
                async events =>
                {
                    void Emit(BatchEvent happened) => events.Add(happened.Of(name));
                    SpeechResult? there = isLost ? await FindAsync(given, provider!, source, Emit).ConfigureAwait(false)
                        : result;
                    if (there is not null)
                        await saver.TellAsync(there, order, Emit, source, _stop.Token).ConfigureAwait(false);
                },
                source,
                Task.CompletedTask);
        }
        catch (Exception e)
        {
            // Whatever is odd about one row, the others go on.
            _window.Add(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e, given.TaskUUID), source)
                .Of(name));
        }
    }

    /// <summary>A result that has its file already goes through as it is, in its place.</summary>
    public void Pass(TtsSpeech saved)
    {
        _index++;
        _window.Add(new BatchEvent.Spoken(saved with { Status = "Unchanged" }));
    }

    /// <summary>A row that could not be read, in its place.</summary>
    /// <param name="why">The error.</param>
    /// <param name="given">What could be read of it.</param>
    /// <param name="source">The object as it was given.</param>
    public void Refuse(TtsException why, TtsSpeech? given, object? source) =>
        _window.Add(new BatchEvent.Failed(why, source).Of(NameOf(given, ++_index)));

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token) => _window.Take(all, () => null, token);

    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private string NameOf(TtsSpeech? given, int index) =>
        RowName.Of(given?.Id, given?.TaskUUID?.ToString(), index, IsAlone);

    /// <summary>Its bytes did not survive a CSV, and it never had a URL.</summary>
    public static bool IsLost(TtsSpeech given) => given is { AudioUrl: null, AudioData: null };

    // What the service has of it still; null where that is nothing, which is an error.
    private async Task<SpeechResult?> FindAsync(TtsSpeech given, ISpeechProvider provider,
        object? source, Action<BatchEvent> emit)
    {
        TtsException error = Errors.NothingToSave(given.TaskUUID);
        try
        {
            IReadOnlyList<SpeechResult> results = (await new TaskRecall(provider, _delay).AskAsync(
                given.TaskUUID!.Value, _stop.Token).ConfigureAwait(false))?.Results ?? [];
            if (results.FirstOrDefault(r => given.AudioUUID is not null && r.AudioUuid == given.AudioUUID) is { } same)
                return same;
            if (results.Count == 1)
                return results[0];
        }
        catch (TtsException e)
        {
            error = e;
        }

        emit(new BatchEvent.Failed(error, source));
        return null;
    }

    // A folder whose ledger has the task gets a line about the file: the next run must not take it for a file of the
    // user's own.
    private static Func<Saved, Task>? Recorder(TaskLedger ledger, LedgerEvent known, string? audio)
    {
        int index = known.Results!.TakeWhile(r => r.Audio != audio).Count();
        return index < known.Results!.Count ? saved => new TaskNotes(ledger, known).SavedAsync(saved, index) : null;
    }

    // Several results of one task share their Id: those after the first are numbered.
    private string Number(OutputTarget target, Guid task, string audio)
    {
        string key = $"{task} {target.FullPath}";
        if (!_results.TryGetValue(key, out HashSet<string>? seen))
            _results.Add(key, seen = []);
        // The same result a second time is no further one, and its file is taken.
        return seen.Add(audio) ? target.PathOf(seen.Count - 1) : target.FullPath;
    }

    // The format that was asked for, or that the path says; null where neither does.
    private static string? Format(string? asked, string? path)
    {
        Findings findings = new();
        string format = FormatRules.Read(new SpeechRow { OutputFormat = asked, OutputPath = path }, findings).Name;
        if (findings.Problems.Count > 0)
            throw Errors.InvalidRow(findings.Problems);
        return CellParser.Clean(asked) is not null || SpeechCatalog.FindFormatByExtension(Path.GetExtension(path ?? "")) is not null ? format : null;
    }

    private static Uri? Url(TtsSpeech given)
    {
        if (given.AudioUrl is null)
            return null;
        return Uri.TryCreate(given.AudioUrl, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw Errors.Invalid("AudioUrl", $"AudioUrl '{Presigned.Mask(given.AudioUrl)}' is not an absolute http or https URL.");
    }
}
