using System.Globalization;
using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Review;

/// <summary>
/// Makes a page of clips. Each is measured as soon as it is added, while the next ones are still being generated; the
/// page is written when all are there.
/// </summary>
public sealed class SpeechReview : IDisposable
{
    public const int MaxClips = 100_000;
    public const int MaxEmbeddedMegabytes = 400;

    private readonly ReviewOptions _options;
    private readonly SemaphoreSlim _decoders = new(Environment.ProcessorCount);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task<MeasuredClip>> _clips = [];
    private readonly Dictionary<string, (int Index, bool HasText)> _places = new(RealPath.Comparer);
    private string? _folder;

    /// <exception cref="TtsException">InvalidRequest.OutputPath, OutputExists.</exception>
    public SpeechReview(ReviewOptions options)
    {
        _options = options;
        string path = options.OutputPath;
        if (Path.GetExtension(path).ToLowerInvariant() is not (".html" or ".htm"))
            throw Errors.NotAPage(path);
        if (FullPath.IsDevice(path))
            throw Errors.OutputIsDevice(path);
        if (SafeName.UnseenIn(Path.GetFileName(path)) is { } unseen)
            throw Errors.UnseenInOutput(path, unseen);
        if (Directory.Exists(path) || File.Exists(path) && !options.Force)
            throw Errors.OutputExists(path);
    }

    /// <summary>The clips of the page.</summary>
    public int Count => _clips.Count;

    /// <summary>Those that are ready to be written.</summary>
    public int Measured => _clips.Count(clip => clip.IsCompleted);

    /// <summary>
    /// Adds a result. A later result of the same file replaces an earlier one, unless only the earlier has a text.
    /// </summary>
    /// <exception cref="TtsException">InvalidRequest.InputObject for too many.</exception>
    public void Add(TtsSpeech speech)
    {
        string? file = speech.Path is { } path ? Path.GetFullPath(path)
            : string.IsNullOrEmpty(speech.AudioUUID) ? null : $"{speech.TaskUUID} {speech.AudioUUID}";
        bool hasText = !string.IsNullOrWhiteSpace(speech.Text);
        bool isKnown = _places.TryGetValue(file ?? "", out (int Index, bool HasText) place);
        if (isKnown && place.HasText && !hasText)
            return;
        if (!isKnown && _clips.Count == MaxClips)
            throw Errors.TooManyClips();
        Task<MeasuredClip> clip = MeasureAsync(speech with { Path = speech.Path is null ? null : file });
        int index = isKnown ? place.Index : _clips.Count;
        if (isKnown)
            _clips[index] = clip;
        else
            _clips.Add(clip);
        if (file is not null)
            _places[file] = (index, hasText);
    }

    /// <summary>Adds all clips of a folder, with what its ledger knows of them.</summary>
    /// <exception cref="TtsException">FileNotFound, FileNotReadable, InvalidRequest.Path.</exception>
    public void AddFolder(string folder, CancellationToken token)
    {
        _folder = _clips.Count == 0 ? folder : null;
        foreach (TtsSpeech clip in ReviewFolder.Read(folder, token))
            Add(clip);
    }

    /// <summary>Adds the results of a task of a ledger, if it has any.</summary>
    public void Add(TtsLedgerEntry entry)
    {
        foreach (TtsSpeech clip in ReviewFolder.OfEntry(entry))
            Add(clip);
    }

    /// <summary>Writes the page.</summary>
    /// <returns>What the user should know about it, if anything.</returns>
    /// <exception cref="TtsException">
    /// InvalidRequest.InputObject, InvalidRequest.EmbedAudio, OutputNotWritten.
    /// </exception>
    public async Task<IReadOnlyList<string>> WriteAsync(CancellationToken token)
    {
        using CancellationTokenRegistration stop = token.Register(_stop.Cancel);
        if (_clips.Count == 0)
            throw Errors.NothingToReview();
        MeasuredClip[] clips = await Task.WhenAll(_clips).ConfigureAwait(false);
        long embedded = clips.Where(IsEmbedded).Sum(clip => clip.Bytes);
        if (embedded > MaxEmbeddedMegabytes * 1_000_000L)
            throw Errors.TooMuchAudio(embedded);
        await WriteAsync(clips, token).ConfigureAwait(false);
        return [.. Remarks(clips)];
    }

    public void Dispose()
    {
        _stop.Cancel();
        // Those under way end by themselves; the two hold nothing of the system.
        _ = Task.WhenAll(_clips).ContinueWith(
            done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private Task<MeasuredClip> MeasureAsync(TtsSpeech speech) => Task.Run(async () =>
    {
        await _decoders.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            return await MeasuredClip.MeasureAsync(speech, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _decoders.Release();
        }
    });

    private bool IsEmbedded(MeasuredClip clip) =>
        clip.IsPlayable && (_options.EmbedAudio || clip.Speech.Path is null);

    private async Task WriteAsync(MeasuredClip[] clips, CancellationToken token)
    {
        string[] paths = [.. clips.Select(clip => clip.Speech.Path).OfType<string>()];
        bool isWhole = _folder is not null && paths.All(path => FullPath.Below(_folder, path) is not null);
        string? folder = isWhole ? _folder : BatchFolder.Of(paths);
        try
        {
            using PendingFile file = new(_options.OutputPath);
            using (StreamWriter writer = new(file.Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true))
            {
                ReviewPage page = new(writer, Head(folder));
                await page.BeginAsync().ConfigureAwait(false);
                foreach (MeasuredClip clip in clips)
                {
                    token.ThrowIfCancellationRequested();
                    await page.WriteRowAsync(Row(clip, folder)).ConfigureAwait(false);
                }

                await page.EndRowsAsync().ConfigureAwait(false);
                foreach (MeasuredClip clip in clips.Where(IsEmbedded))
                    await page.WriteAudioAsync(KeyOf(clip, folder), clip.Speech, token).ConfigureAwait(false);
                await page.EndAsync().ConfigureAwait(false);
            }

            file.Rewind();
            await file.CommitAsync(_options.Force).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.PageNotWritten(_options.OutputPath, e);
        }
    }

    private ReviewHead Head(string? folder)
    {
        string name = folder is null ? "" : Path.GetFileName(folder) is { Length: > 0 } last ? last : folder;
        return new ReviewHead(_options.Title ?? (name.Length > 0 ? name : "Speech"), name, DateTimeOffset.Now,
            RowCells.Columns,
            SpeechCatalog.Voices.ToDictionary(v => v.Name, v => $"{v.Gender}, {v.NativeLanguage}. {v.Description}"));
    }

    private ReviewRow Row(MeasuredClip clip, string? folder)
    {
        TtsSpeech speech = clip.Speech;
        bool isEmbedded = IsEmbedded(clip);
        return new ReviewRow
        {
            Key = KeyOf(clip, folder),
            Cells = RowCells.Of(speech, OutputPathOf(speech, folder)),
            Address = clip.IsPlayable && !isEmbedded ? ClipAddress.Of(_options.OutputPath, speech.Path!) : null,
            Embedded = isEmbedded ? ReviewPage.MimeTypeOf(clip.Audio!) : null,
            Seconds = clip.Audio is { } audio ? Math.Round(audio.Duration.TotalSeconds, 3) : null,
            Cost = speech.Cost,
            IsDraft = speech.Provider == TtsSpeech.Offline,
            IsSplit = speech.Parts is not null,
            Flags = clip.Flags,
            Peaks = clip.Peaks,
        };
    }

    private static string KeyOf(MeasuredClip clip, string? folder)
    {
        TtsSpeech speech = clip.Speech;
        string name = OutputPathOf(speech, folder) ?? speech.TaskUUID?.ToString() ?? "";
        return RequestHash.Short($"{name}\0{speech.Text}\0{clip.Content}");
    }

    private static string? OutputPathOf(TtsSpeech speech, string? folder) =>
        speech.Path is not { } path ? null
        : ((folder is null ? null : FullPath.Below(folder, path)) ?? Path.GetFileName(path))
            .Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> Remarks(MeasuredClip[] clips)
    {
        int bare = clips.Count(clip => clip.LacksPeaks && clip.Speech.Path is not null);
        if (bare > 0 && Program.Ffmpeg.Find() is null)
            yield return string.Format(CultureInfo.InvariantCulture,
                "ffmpeg was not found, so {0} have no waveform. They can still be played. To add the waveforms, "
                    + "install ffmpeg and export the page again: {1}", Clips(bare),
                Program.Ffmpeg.InstallCommand);
        int textless = clips.Count(clip => string.IsNullOrWhiteSpace(clip.Speech.Text));
        if (textless > 0)
            yield return string.Format(CultureInfo.InvariantCulture,
                "The text of {0} is unknown, because folders and ledgers keep no texts. To see the texts, and to "
                    + "generate marked clips again from the saved marks, pipe the results: run the batch again, which "
                    + "charges nothing for files that exist (Import-Csv ... | New-TtsSpeech -OutputDirectory ... "
                    + "| Export-TtsReport ...).", Clips(textless));
    }

    private static string Clips(int clips) =>
        clips == 1 ? "1 clip" : string.Format(CultureInfo.InvariantCulture, "{0} clips", clips);
}
