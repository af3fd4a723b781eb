using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>Gives a request the clip that it clones, or the voice that is kept for its description.</summary>
/// <param name="provider">Knows whether voices can be kept.</param>
/// <param name="sources">Kept voices and clips.</param>
/// <param name="ledger">Has the castings of earlier runs.</param>
/// <param name="options">How the batch runs.</param>
internal sealed class VoicePlanner(
    ISpeechProvider provider, VoiceSources sources, TaskLedger ledger, BatchOptions options)
{
    // By its file, each voice that was found. Castings end on other threads.
    private readonly Dictionary<string, TtsVoice> _found = [];
    private readonly Dictionary<string, PlannedRow> _castings = [];

    public IVoiceLookup Library => sources.Library;

    /// <summary>
    /// With -KeepVoice a result that is a row again is read as it was given first: by its description.
    /// </summary>
    public SpeechRow Unname(SpeechRow row) =>
        options.KeepVoice && KeptName.IsOf(CellParser.Clean(row.Voice), CellParser.Clean(row.VoiceDescription))
            ? row with { Voice = null, Model = null, Transcript = null } : row;

    /// <summary>The request with its checked clip, or with the name of the voice that is kept for it.</summary>
    /// <exception cref="TtsException">InvalidRequest.ReferenceAudio, VoiceInvalid.</exception>
    public (SpeechRequest Request, IReadOnlyList<string> Warnings) Read(SpeechRequest request, CancellationToken token)
    {
        if (options.KeepVoice && provider.KeepsVoices && request.Model == SpeechCatalog.VoiceDesign.ModelId)
            return (request with
            {
                Model = SpeechCatalog.Base.ModelId,
                Voice = KeptName.Of(request.VoiceDescription!),
            }, []);
        if (request.KeptVoice is { } kept)
            return (WithVoice(request, kept, token), []);
        if (request.ReferenceAudio is not { } given)
            return (request, []);
        ClipReading clip = sources.Clips.Read(given, request.Transcript, request.Language, token);
        return (request with { Clip = clip.Clip }, clip.Warnings);
    }

    /// <summary>The request is spoken by the voice that is kept for its description.</summary>
    public static bool IsByDescription(SpeechRequest request) =>
        request.IsClone && KeptName.IsOf(request.Voice, request.VoiceDescription);

    /// <summary>Where the voice of a row is kept: in the batch's folder, or with the parts of a long text.</summary>
    /// <exception cref="TtsException">InvalidRequest.KeepVoice, OutputOutsideDirectory.</exception>
    public static OutputTarget HomeOf(OutputTarget? target, bool isSplit, string name)
    {
        string file = $"{name}.wav";
        if (target?.Directory is { } directory)
        {
            string inside = $"{VoiceFolders.OfBatch}/{file}";
            return new OutputTarget(InsideDirectory.Resolve(directory, inside), inside, directory, 1);
        }

        if (target is null || !isSplit)
            throw Errors.KeepVoiceWithoutFolder();
        string parts = Path.GetDirectoryName(SplitRules.AnyPartOf(target).FullPath)!;
        string full = Path.Combine(parts, file);
        return new OutputTarget(full, full, null, 1);
    }

    /// <summary>The voice that is kept there; null for none.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public TtsVoice? Find(OutputTarget home, string name)
    {
        string file = FileOf(home, name);
        lock (_found)
        {
            if (_found.TryGetValue(file, out TtsVoice? found))
                return found;
            return File.Exists(file) ? _found[file] = VoiceFile.Read(file) : null;
        }
    }

    /// <summary>Remembers a voice that was cast, and kept.</summary>
    public void Add(OutputTarget home, TtsVoice voice)
    {
        lock (_found)
            _found[FileOf(home, voice.Name)] = voice;
    }

    /// <summary>The request as this voice speaks it.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public SpeechRequest WithVoice(SpeechRequest request, TtsVoice kept, CancellationToken token = default) =>
        request with
    {
        KeptVoice = kept,
        Transcript = kept.Transcript,
        Clip = sources.Clips.Read(kept, token).Clip,
    };

    /// <summary>
    /// The row that casts a voice: VoiceDesign speaks a sentence of the catalogue. One that an earlier run has cast
    /// and could not keep is fetched; one that was kept and removed since is cast again, as another request.
    /// </summary>
    /// <param name="name">The name of the voice.</param>
    /// <param name="description">Its description.</param>
    /// <param name="language">The language of the sentence.</param>
    /// <param name="home">The file of its clip.</param>
    public PlannedRow PlanCasting(string name, string description, string language, OutputTarget home)
    {
        string file = FileOf(home, name);
        if (!_castings.TryGetValue(file, out PlannedRow? casting))
            _castings.Add(file, casting = Plan(name, description, language, home));
        return casting;
    }

    /// <summary>The file of a voice, next to its clip.</summary>
    public static string FileOf(OutputTarget home, string name) =>
        VoiceFile.PathOf(Path.GetDirectoryName(home.FullPath)!, name);

    private PlannedRow Plan(string name, string description, string language, OutputTarget home)
    {
        // An earlier run may have cast it in the language of another row.
        Casting[] castings =
        [
            .. SpeechCatalog.Languages.Select(l => l.Name).Where(l => l != language && IsSpoken(l)).Prepend(language)
                .Select(l => Find(name, description, l, home)),
        ];
        Casting casting = castings.FirstOrDefault(c => c.Past is not History.Nothing) ?? castings[0];
        return new PlannedRow(0, null, null)
        {
            Id = name,
            Request = new SpeechRequest
            {
                Id = name,
                Text = SpeechCatalog.FindLanguage(casting.Language)!.CastingSentence!,
                Model = SpeechCatalog.VoiceDesign.ModelId,
                Voice = SpeechCatalog.VoiceDesign.DefaultVoice,
                VoiceDescription = description,
                Language = casting.Language,
                OutputFormat = "WAV",
            },
            Target = home,
            Waits = true,
            Identity = casting.Identity,
            Key = casting.Identity,
            Past = casting.Past,
            Work = casting.Past switch
            {
                History.Files => RowWork.Nothing,
                History.Done or History.Open => RowWork.Fetch,
                _ => RowWork.Generate,
            },
        };
    }

    private static bool IsSpoken(string language) => SpeechCatalog.FindLanguage(language)!.CastingSentence is not null;

    private Casting Find(string name, string description, string language, OutputTarget home)
    {
        string subject = RequestHash.OfCasting(provider.Name, name, description, language);
        LedgerEvent? kept = ledger.FindFile(FileOf(home, name));
        bool isWanted = options.KeepVoice || !options.Regenerate;
        // Only the voice file is missing.
        if (isWanted && kept?.Hash == subject && ledger.Saved(home.FullPath) is { Hash: { } hash } clip
            && clip.Task == kept.Task)
            return new Casting(language, hash, new History.Files([clip]));
        // A voice that was kept is not wanted any more if its files were removed, or another voice is to take its name.
        string identity = kept is null ? subject : RequestHash.OfCastingAfter(subject, kept.Task);
        return new Casting(language, identity, History.Of(ledger, identity, home.Paths, options.Endpoint));
    }

    /// <summary>What earlier runs did to cast a voice in one language.</summary>
    private sealed record Casting(string Language, string Identity, History Past);
}
