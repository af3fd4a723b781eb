using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>
/// Prepares a row before anything is sent: reads it, asks whether the provider can do it, claims its files and looks it
/// up in the ledger.
/// </summary>
/// <param name="provider">Refuses what it cannot do.</param>
/// <param name="files">Names and claims files.</param>
/// <param name="ledger">Has the tasks of earlier runs.</param>
/// <param name="options">How the batch runs.</param>
/// <param name="sources">Kept voices and clips; null for none.</param>
public sealed class RowPlanner(
    ISpeechProvider provider, OutputPlanner files, TaskLedger ledger, BatchOptions options,
    VoiceSources? sources = null)
{
    private readonly VoicePlanner _voices = new(provider, sources ?? VoiceSources.None, ledger, options);
    private readonly HashSet<string> _castings = [];
    private readonly SuspectRules _suspects = new(provider, options, ledger);
    private readonly HashSet<ulong> _seen = [];
    private readonly RowRemarks _remarks = new();
    private readonly ColumnRules _columns = new();
    private int _index;

    /// <summary>The prices of its estimates.</summary>
    internal PriceBook Prices { get; } = new(ledger, options.Endpoint);

    /// <param name="row">The row.</param>
    /// <param name="source">The row as it was given, for an error's target.</param>
    /// <param name="kept">The same for its results to carry, without secrets.</param>
    /// <param name="token">Ends the wait for a program that the provider asks.</param>
    /// <returns>The row; with an Error if it is invalid, which is never thrown.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        PlannedRow planned = new(++_index, source, kept) { Id = CellParser.Clean(row.Id), IsAlone = row.IsAlone };
        if (row.IsBlank)
        {
            _remarks.Blank(planned.Index);
            return planned with { IsBlank = true };
        }

        if (row.Refusal is null && _columns.Check(row.Columns) is { } column)
            return Refuse(planned, [column]) with { IsReported = _remarks.IsRepeat(column) };
        List<string> claimed = [];
        try
        {
            RowReading reading = RowReader.Read(_voices.Unname(row), options.Split, _voices.Library);
            if (reading.Request is not { } request)
                return Refuse(planned, reading.Problems);
            planned = planned with { Request = request, Warnings = reading.Warnings };
            return Plan(planned, request, claimed, token);
        }
        catch (Exception e) when (!token.IsCancellationRequested)
        {
            // No row may stop the others, and they may claim its files.
            files.Release(claimed);
            return planned with { Warnings = [], Error = Errors.From(e) };
        }
    }

    /// <inheritdoc cref="RowRemarks.Take"/>
    internal IEnumerable<string> TakeRemarks() => _remarks.Take();

    /// <summary>
    /// Plans a part of a row whose text is too long for one task. Unlike Plan, any thread may call it.
    /// </summary>
    internal PlannedRow PlanPart(PlannedRow whole, TtsTextPart part, PartGroup group)
    {
        SpeechRequest request = SplitRules.PartRequest(whole.Request!, part);
        string identity = Identify(request);
        OutputTarget target = SplitRules.PartOf(whole.Target!, identity, request.OutputFormat);
        History past = Look(identity, target.Paths);
        return new PlannedRow(whole.Index, whole.Source, null)
        {
            Id = request.Id,
            Request = request,
            Language = whole.Language,
            Target = target,
            Waits = true,
            Identity = identity,
            Part = new PartOfRow(RowName.Prefix(whole.Name, FormattableString.Invariant($"part {part.Index}")), group),
            Past = past,
            Work = past is not History.Files there ? RowWork.Generate
                : IsDue(there, request) ? RowWork.GenerateAgain
                : RowWork.Nothing,
        };
    }

    /// <summary>The event of a row's joined file, if that and its subtitles exist; else null.</summary>
    internal LedgerEvent? FindJoined(PlannedRow row) =>
        (Look(row.Identity, FilesOf(row)) as History.Files)?.Saved[0];

    /// <summary>The user declined a row, so later rows may claim its files and generate its request.</summary>
    public void Decline(PlannedRow row)
    {
        files.Release(row.Claimed);
        if (!row.IsRepeat)
            _seen.Remove(NameHash.Of(row.Key));
        if (row.CastsVoice)
            _castings.Remove(row.Casting!.Identity);
    }

    private PlannedRow Plan(PlannedRow row, SpeechRequest request, List<string> claimed, CancellationToken token)
    {
        (request, IReadOnlyList<string> warnings) = _voices.Read(request, token);
        // A row with a webhook does not wait for its results.
        bool waits = options.Wait && request.WebhookUrl is null;
        if (provider.FindUnsupported(request, waits) is { } refusal)
            throw refusal;
        bool isSplit = SplitRules.IsNeeded(request, options);
        row = Place(row, request, isSplit);
        request = row.Request!;
        SpeechRequest[] parts = isSplit ? SplitRules.PartRequests(request) : [request];
        row = row with
        {
            Waits = waits,
            PartCount = isSplit ? parts.Select(part => part.Text).Distinct().Count() : 0,
            Warnings = [.. row.Warnings, .. warnings],
        };
        row = row with { Past = row.Casting is null ? Look(row.Identity, FilesOf(row)) : History.None };
        bool isSuspect = row.Past is History.Files there && (isSplit
            ? there.Saved[0].Suspect is not null
                && _suspects.IsBetter(there.Saved[0], [.. parts.Select(part => (part, Find(part)))])
            : IsDue(there, request));
        CheckTags(request, row.Target, waits);
        Claim(row, isSplit, claimed);
        if (isSplit && (row.Past is not History.Files || isSuspect || request.UploadEndpoint is not null))
            SplitRules.Check(row, parts.Length > 0, options, files);
        bool isRepeat = !options.Regenerate && !_seen.Add(NameHash.Of(row.Key));
        row = row with { Claimed = claimed, IsRepeat = isRepeat, Work = WorkOf(row, isSuspect, isRepeat) };
        row = row with
        {
            CastsVoice = !isRepeat && row.Casting is { Work: RowWork.Generate }
                && _castings.Add(row.Casting.Identity),
        };
        return row with
        {
            Estimate = isRepeat ? PriceBook.Free : WithCasting(row, EstimateOf(row, parts)),
            Warnings = row.Work == RowWork.Nothing ? row.Warnings
                : [.. row.Warnings, .. RowRemarks.NotPosted(row, isRepeat),
                    .. parts.Select(part => provider.CautionFor(part, token)).OfType<string>().Distinct()],
        };
    }

    // Its files and its identity. A voice that is kept for a description may have no clip yet.
    private PlannedRow Place(PlannedRow row, SpeechRequest request, bool isSplit)
    {
        bool isByDescription = VoicePlanner.IsByDescription(request);
        // By its name or by its description alone, it is the same row.
        SpeechRequest named = isByDescription ? request with { Clip = null, Transcript = null } : request;
        string? identity = isByDescription ? null : Identify(request, isSplit);
        string hash = identity is null || isSplit ? RequestHash.Compute(provider.Name, named) : identity;
        // A model that is not known may have no voice.
        string name = request.Voice.Length == 0 ? "speech" : request.Voice;
        OutputTarget? target = files.Plan(request, row.Index, hash, $"{name}-{hash.Substring(0, 12)}");
        PlannedRow? casting = null;
        if (isByDescription && request.Clip is null)
            (request, casting) = FindVoice(request, target, isSplit);
        identity ??= Identify(request, isSplit);
        return row with
        {
            Request = request,
            Target = target,
            Casting = casting,
            Identity = identity,
            Key = isByDescription ? HashOf(named, isSplit) : identity,
        };
    }

    private RowWork WorkOf(PlannedRow row, bool isSuspect, bool isRepeat) => row.Past switch
    {
        History.Files when isSuspect => RowWork.GenerateAgain,
        History.Files when !row.IsSplit && ResultUpload.IsDue(row.Request!, row.Identity, ledger) => RowWork.Upload,
        History.Files there when !there.Saved.All(file => AudioTags.AreIn(file.Tags, row.Request!.Tags))
            => RowWork.Retag,
        History.Files => RowWork.Nothing,
        _ when isRepeat => RowWork.Share,
        History.Done or History.Open => RowWork.Fetch,
        _ => RowWork.Generate,
    };

    private CostEstimate? EstimateOf(PlannedRow row, SpeechRequest[] parts)
    {
        bool isKnown = row.Work is not (RowWork.Generate or RowWork.GenerateAgain);
        if (provider.ChargesNothing || row.Work == RowWork.Nothing || isKnown && !row.IsSplit)
            return PriceBook.Free;
        return row.IsSplit ? EstimateOf(parts) : Prices.Estimate(row.Request!);
    }

    // Only distinct parts that are not generated yet are charged, each rounded to the price step.
    private CostEstimate? EstimateOf(SpeechRequest[] parts)
    {
        CostEstimate?[] costs = [.. parts.GroupBy(p => p.Text).Select(same => same.First())
            .Where(p => options.Regenerate || Find(p) is not { IsDone: true } known || _suspects.IsDue(known, p))
            .Select(Prices.Estimate)];
        return costs.Length == 0 ? PriceBook.Free
            : costs.Any(c => c is null) ? null
            : new CostEstimate(costs.Sum(c => c!.Usd), costs[0]!.Source);
    }

    /// <summary>The row with the voice that was cast for it. Unlike Plan, any thread may call it.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    internal PlannedRow Resume(PlannedRow row, TtsVoice voice)
    {
        _voices.Add(row.Casting!.Target!, voice);
        SpeechRequest request = _voices.WithVoice(row.Request!, voice);
        row = row with { Request = request, Identity = Identify(request, row.IsSplit), Casting = null };
        row = row with { Past = Look(row.Identity, FilesOf(row)) };
        return row with { Work = WorkOf(row, isSuspect: false, row.IsRepeat) };
    }

    private (SpeechRequest Request, PlannedRow? Casting) FindVoice(
        SpeechRequest request, OutputTarget? target, bool isSplit)
    {
        OutputTarget home = VoicePlanner.HomeOf(target, isSplit, request.Voice);
        if (_voices.Find(home, request.Voice) is { } kept)
            return (_voices.WithVoice(request, kept), null);
        PlannedRow casting = _voices.PlanCasting(
            request.Voice, request.VoiceDescription!, request.SpokenLanguage, home);
        files.Claim(home, casting.Identity, isDone: casting.Past is History.Files);
        return (request, casting);
    }

    private CostEstimate? WithCasting(PlannedRow row, CostEstimate? own) =>
        !row.CastsVoice ? own
        : own is not null && Prices.Estimate(row.Casting!.Request!) is { } cast
            ? own with { Usd = own.Usd + cast.Usd } : null;

    private string HashOf(SpeechRequest request, bool isJoined) =>
        RequestHash.Name(provider.Name, request, isJoined, options.Chapters).Hash;

    private LedgerEvent? Find(SpeechRequest request) => ledger.FindRequest(Identify(request));

    // The hash of a request in the ledger; events that an older version wrote under another hash are adopted.
    private string Identify(SpeechRequest request, bool isJoined = false)
    {
        RequestName name = RequestHash.Name(provider.Name, request, isJoined, options.Chapters);
        if (options.Regenerate)
            return name.Hash;
        ledger.Adopt(name);
        return AutoVoice.AsAuto(request) is { } auto && ledger.FindRequest(name.Hash) is null
            && IdentifyAuto(auto, request.Voice, isJoined) is { } other ? other : name.Hash;
    }

    // A result says which voice was chosen for auto. As a row again it names that voice, and is the same request.
    private string? IdentifyAuto(SpeechRequest auto, string voice, bool isJoined)
    {
        RequestName name = RequestHash.Name(provider.Name, auto, isJoined, options.Chapters);
        return ledger.FindRequest(name.Hash)?.Chosen == voice ? name.Hash : null;
    }

    private History Look(string identity, IEnumerable<string> paths) =>
        options.Regenerate ? History.None : History.Of(ledger, identity, paths, options.Endpoint);

    // A row that does not wait returns a task even if its files exist. A joined file without its subtitles does not
    // count.
    private IEnumerable<string> FilesOf(PlannedRow row) =>
        row.Target is null || !row.Waits
            || row.IsSplit && !SplitRules.HasSubtitle(row.Target, row.Identity, options, ledger)
            ? [] : row.Target.Paths;

    private bool IsDue(History.Files there, SpeechRequest request) =>
        there.Saved.Any(file => _suspects.IsDue(file, request));

    private static void CheckTags(SpeechRequest request, OutputTarget? target, bool waits)
    {
        if (request.Tags is not null && !waits)
            throw Errors.TagNotWaited(isPushed: request.WebhookUrl is not null);
        if (request.Tags is not null && target is null)
            throw Errors.TagWithoutFile();
    }

    private void Claim(PlannedRow row, bool isSplit, List<string> claimed)
    {
        if (row.Target is not { } target)
            return;
        if (provider.ChargesNothing && row.Past is not History.Files && files.FindPaid(target) is { } paid)
            throw Errors.PaidOutputExists(paid, provider.Name);
        // Equal rows with different tags cannot share a file.
        string owner = options.Regenerate ? FormattableString.Invariant($"row {row.Index}")
            : row.Request!.Tags is { } tags ? $"{row.Key} {tags.Hash}"
            : row.Key;
        claimed.AddRange(files.Claim(target, owner, isDone: row.Past is History.Files));
        if (isSplit && SplitRules.SubtitleOf(target, options) is { } subtitle)
            claimed.AddRange(files.Claim(new OutputTarget(subtitle.FullName, subtitle.Name, target.Directory, 1),
                $"{row.Key} {target.FullPath}", isDone: true));
    }

    private static PlannedRow Refuse(PlannedRow row, IReadOnlyList<Problem> problems) =>
        row with { Problems = problems, Error = Errors.InvalidRow(problems) };
}
