using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>
/// Casts voices from descriptions, to be kept for good. A casting that was charged and could not be kept, because the
/// process was killed, is fetched by the next one of the same name and description.
/// </summary>
public sealed class VoiceCasting : IDisposable
{
    private const string DefaultLanguage = "English";

    private readonly BatchScope _batch;
    private readonly VoicePlanner _planner;
    private readonly PriceBook _prices;
    private readonly VoiceCaster _caster;

    /// <param name="provider">Generates the clip.</param>
    /// <param name="options">How it runs. Regenerate replaces a voice that is there.</param>
    /// <param name="ledger">Has the castings of earlier runs.</param>
    /// <exception cref="TtsException">NotSupported.Description.</exception>
    public VoiceCasting(ISpeechProvider provider, BatchOptions options, TaskLedger ledger)
    {
        if (!provider.KeepsVoices)
            throw Errors.NotSupported("Description", provider.Name,
                "it makes drafts only, which are no voices to keep. Keep a recording with -Path, or run "
                    + "Connect-TtsService -ApiKey ...", endsPipeline: true);
        OutputPlanner files = new(null, options.Regenerate, Path.GetFullPath, ledger);
        _batch = new BatchScope(provider, options, files, ledger);
        _planner = new VoicePlanner(provider, VoiceSources.None, ledger, options);
        _prices = new PriceBook(ledger, options.Endpoint);
        _caster = new VoiceCaster(_batch, new Budget(options.MaxCost, _prices), VoiceSources.None.Clips);
    }

    /// <summary>What casting this voice would do, and cost. Nothing is sent.</summary>
    /// <param name="name">Its name, which was checked.</param>
    /// <param name="description">The voice in natural language.</param>
    /// <param name="language">The language of the casting sentence, by its English name; null for English.</param>
    /// <param name="folder">Where the voice is kept, absolute.</param>
    /// <exception cref="TtsException">VoiceExists, OutputExists.</exception>
    public PlannedRow Plan(string name, string description, string? language, string folder)
    {
        VoiceKeeper.FindExisting(folder, name, _batch.Options.Regenerate);
        string clip = Path.Combine(folder, $"{name}.casting.wav");
        OutputTarget home = new(clip, clip, null, 1);
        PlannedRow casting = _planner.PlanCasting(name, description, language ?? DefaultLanguage, home);
        _batch.Files.Claim(home, casting.Identity, isDone: casting.Past is History.Files);
        return casting with
        {
            Estimate = casting.Work == RowWork.Generate ? _prices.Estimate(casting.Request!) : PriceBook.Free,
        };
    }

    /// <exception cref="TtsException">The voice could not be cast or kept.</exception>
    internal async Task<CastVoice> CastAsync(PlannedRow casting, CancellationToken token)
    {
        _batch.Provider.EnsureReady();
        using CancellationTokenRegistration stop = token.Register(_batch.Dispose);
        string clip = casting.Target!.FullPath;
        string folder = Path.GetDirectoryName(clip)!;
        CastVoice cast = await _caster.SpeakAsync(casting, index: 1).ConfigureAwait(false);
        TtsVoice kept = await VoiceKeeper.KeepAsync(
            folder, cast.Voice, casting.Request!.OutputFormat, _batch.Options.Regenerate, token).ConfigureAwait(false);
        await _caster.RecordAsync(cast, VoiceFile.PathOf(folder, kept.Name)).ConfigureAwait(false);
        await FileRetry.TidyAsync(clip).ConfigureAwait(false);
        return new CastVoice(kept, cast.Task, cast.TakeWarnings());
    }

    /// <summary>The messages of -Verbose that are there.</summary>
    public IEnumerable<BatchEvent> TakeMessages() => _batch.Log.Take();

    public void Dispose() => _batch.Dispose();
}
