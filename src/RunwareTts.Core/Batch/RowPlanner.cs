using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Reads a row, asks the provider, gives it its files and looks it up: all that is known before anything is sent.</summary>
/// <param name="provider">Says what it cannot do.</param>
/// <param name="files">Names the files and knows those of earlier rows.</param>
/// <param name="ledger">Knows what earlier runs have sent.</param>
/// <param name="options">How the batch runs.</param>
public sealed class RowPlanner(ISpeechProvider provider, OutputPlanner files, TaskLedger ledger, BatchOptions options)
{
    private readonly RowHistory _history = new(provider, ledger, options);
    private readonly KeyMap _seen = new();
    private int _index;

    /// <param name="row">The row.</param>
    /// <param name="source">The row as it was given, for an error's target.</param>
    /// <param name="kept">The same for its results to carry, without secrets.</param>
    /// <returns>What is wrong with the row is in it, and never thrown.</returns>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept)
    {
        int index = ++_index;
        RowReading reading = RowReader.Read(row, options.Split);
        if (reading.Request is not { } request)
            return new PlannedRow(index, source, kept) { Id = Cell.Clean(row.Id), Problems = reading.Problems, Error = Errors.InvalidRow(reading.Problems) };
        try
        {
            // Who has results pushed does not wait for them.
            bool waits = options.Wait && request.WebhookUrl is null;
            if (provider.Refuse(request, waits) is { } refusal)
                throw refusal;
            string hash = RequestHash.Compute(provider.Name, request);
            bool isSplit = SplitRules.IsNeeded(request, options);
            string identity = _history.Identify(request, isSplit);
            OutputTarget? target = files.Plan(request, index, hash, $"{request.Voice}-{hash.Substring(0, 12)}");
            SpeechRequest[] parts = isSplit ? [.. SplitRules.PartsOf(request).Select(part => SplitRules.PartRequest(request, part))] : [request];
            LedgerEvent[] there = !waits || isSplit && !SplitRules.HasSubtitle(target, identity, options, ledger) ? [] : _history.There(target, identity);
            bool isSuspect = isSplit ? there.Length > 0 && _history.IsBetter(there[0], parts) : _history.IsDue(there, request);
            bool isUploadDue = !isSplit && RequestHash.UploadPlace(request) is { } upload && !ledger.IsUploaded(identity, upload);
            LedgerEvent[] unchanged = !isSuspect && !isUploadDue && there.All(file => AudioTags.AreIn(file.Tags, request.Tags)) ? there : [];
            if (request.Tags is not null && !waits)
                throw Errors.TagNotWaited(isPushed: request.WebhookUrl is not null);
            if (request.Tags is not null && target is null)
                throw Errors.TagWithoutFile();
            // One file cannot have the tags of two rows.
            string owner = request.Tags is null ? identity : $"{identity} {request.Tags.Hash}";
            if (target is not null)
                files.Claim(target, options.Regenerate ? $"row {index}" : owner, isDone: there.Length > 0);
            if (target is not null && isSplit && SplitRules.SubtitleOf(target, options) is { } subtitle)
                files.Claim(new OutputTarget(subtitle.FullName, subtitle.Name, target.Directory, 1), $"{identity} {target.FullPath}", isDone: true);
            LedgerEvent? redo = unchanged.Length < there.Length ? there[0] with { Results = there[0].Results ?? [.. there.Select(_ => new LedgerResult(null, null, null))] } : null;
            LedgerEvent? known = unchanged.Length > 0 ? null : redo ?? _history.Known(identity);
            if (isSplit && (there.Length == 0 || isSuspect || request.UploadEndpoint is not null))
                SplitRules.Check(request, target, parts.Length > 0, waits, options, files);
            bool isRepeat = !options.Regenerate && IsSeen(identity);
            return new PlannedRow(index, source, kept)
            {
                Id = request.Id,
                Request = request,
                Target = target,
                Wait = waits,
                IsSplit = isSplit,
                Identity = identity,
                Known = known,
                Redo = redo,
                IsSuspect = isSuspect,
                IsUploadDue = isUploadDue,
                Unchanged = unchanged,
                IsRepeat = isRepeat,
                EstimatedCost = provider.IsFree || isRepeat || unchanged.Length > 0 ? 0 : isSplit ? _history.CostOf(parts) : known is null || isSuspect ? request.EstimatedCost : 0,
                Warnings = unchanged.Length > 0 ? reading.Warnings : [.. reading.Warnings, .. NotPosted(request, known, isRepeat), .. parts.Select(provider.CautionFor).OfType<string>().Distinct()],
            };
        }
        catch (Exception e)
        {
            // Whatever is odd about one row, the others go on.
            return new PlannedRow(index, source, kept) { Id = request.Id, Request = request, Error = e as TtsException ?? Errors.Unexpected(e) };
        }
    }

    /// <summary>A part of a row whose text is too long for one task. Unlike the rows it may be asked for by any thread.</summary>
    internal PlannedRow PlanPart(PlannedRow whole, TtsTextPart part)
    {
        SpeechRequest request = SplitRules.PartRequest(whole.Request!, part);
        string hash = RequestHash.Compute(provider.Name, request);
        string identity = _history.Identify(request);
        OutputTarget target = SplitRules.PartOf(whole.Target!, hash, request.OutputFormat);
        LedgerEvent[] there = _history.There(target, identity);
        bool isSuspect = _history.IsDue(there, request);
        return new PlannedRow(whole.Index, whole.Source, null)
        {
            Id = request.Id,
            Request = request,
            Target = target,
            Wait = true,
            Identity = identity,
            IsPart = true,
            IsSuspect = isSuspect,
            Unchanged = isSuspect ? [] : there,
        };
    }

    /// <inheritdoc cref="RowHistory.There"/>
    internal LedgerEvent[] There(PlannedRow row) => _history.There(row.Target, row.Identity);

    // The service posts what it generates, and only that.
    private static IEnumerable<string> NotPosted(SpeechRequest request, LedgerEvent? known, bool isRepeat)
    {
        if (request.WebhookUrl is null)
            yield break;
        if (known is { IsDone: true })
            yield return "A row with a WebhookUrl was generated in an earlier run, so nothing is posted for it and you are not charged again. Its TtsTask is Completed: Wait-TtsTask fetches the audio. -Regenerate generates and posts it again, which is charged.";
        else if (known is not null)
            yield return "A row with a WebhookUrl was sent in an earlier run, and its result is posted to the WebhookUrl of that run. Wait-TtsTask fetches it too.";
        else if (isRepeat)
            yield return "Rows with a WebhookUrl that ask for the same audio are generated once, and posted once, to the WebhookUrl of the first.";
    }

    private bool IsSeen(string identity)
    {
        ulong key = KeyMap.KeyOf(identity);
        bool isSeen = _seen.TryGet(key, out _);
        _seen.Set(key, 0);
        return isSeen;
    }
}
