using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Reads a row, asks the provider, gives it its files and looks it up: all that is known before anything is sent.</summary>
/// <param name="provider">Says what it cannot do.</param>
/// <param name="files">Names the files and knows those of earlier rows.</param>
/// <param name="ledger">Knows what earlier runs have sent.</param>
/// <param name="options">How the batch runs.</param>
public sealed class RowPlanner(ISpeechProvider provider, OutputPlanner files, TaskLedger ledger, BatchOptions options)
{
    private const long Seen = 0;
    private const long Declined = 1;

    private readonly RowHistory _history = new(provider, ledger, options);
    private readonly KeyMap _seen = new();
    private readonly RowRemarks _remarks = new();
    private readonly ColumnRules _columns = new();
    private int _index;

    /// <summary>What its estimates are made by.</summary>
    internal PriceBook Prices { get; } = new(ledger, options.Endpoint);

    /// <param name="row">The row.</param>
    /// <param name="source">The row as it was given, for an error's target.</param>
    /// <param name="kept">The same for its results to carry, without secrets.</param>
    /// <param name="token">Ends the wait for a program that the provider asks.</param>
    /// <returns>What is wrong with the row is in it, and never thrown.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        int index = ++_index;
        if (row.IsBlank)
        {
            _remarks.Blank(index);
            return new PlannedRow(index, source, kept) { IsBlank = true };
        }

        if (row.Refusal is null && _columns.Check(row.Columns) is { } column)
            return new PlannedRow(index, source, kept)
            {
                Id = CellParser.Clean(row.Id),
                Problems = [column],
                Error = Errors.InvalidRow([column]),
                IsToldAlready = _remarks.IsRepeat(column),
            };
        RowReading reading = RowReader.Read(row, options.Split);
        if (reading.Request is not { } request)
            return new PlannedRow(index, source, kept)
            {
                Id = CellParser.Clean(row.Id),
                IsAlone = row.IsAlone,
                Problems = reading.Problems,
                Error = Errors.InvalidRow(reading.Problems),
            };
        List<string> claimed = [];
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
            bool isUploadDue = !isSplit && ResultUpload.IsDue(request, identity, ledger);
            LedgerEvent[] unchanged = !isSuspect && !isUploadDue
                && there.All(file => AudioTags.AreIn(file.Tags, request.Tags)) ? there : [];
            if (request.Tags is not null && !waits)
                throw Errors.TagNotWaited(isPushed: request.WebhookUrl is not null);
            if (request.Tags is not null && target is null)
                throw Errors.TagWithoutFile();
            // One file cannot have the tags of two rows.
            string owner = request.Tags is null ? identity : $"{identity} {request.Tags.Hash}";
            if (target is not null)
                claimed.AddRange(files.Claim(target, options.Regenerate ? $"row {index}" : owner,
                    isDone: there.Length > 0));
            if (target is not null && isSplit && SplitRules.SubtitleOf(target, options) is { } subtitle)
                claimed.AddRange(files.Claim(new OutputTarget(subtitle.FullName, subtitle.Name, target.Directory, 1),
                    $"{identity} {target.FullPath}", isDone: true));
            LedgerEvent? redo = unchanged.Length < there.Length ? there[0] with { Results = there[0].Results ?? [.. there.Select(_ => new LedgerResult(null, null, null))] } : null;
            LedgerEvent? known = unchanged.Length > 0 ? null : redo ?? _history.Known(identity);
            if (isSplit && (there.Length == 0 || isSuspect || request.UploadEndpoint is not null))
                SplitRules.Check(request, target, parts.Length > 0, waits, options, files);
            bool isRepeat = !options.Regenerate && IsSeen(identity);
            return new PlannedRow(index, source, kept)
            {
                Id = request.Id,
                IsAlone = row.IsAlone,
                Request = request,
                Target = target,
                Claimed = claimed,
                Wait = waits,
                IsSplit = isSplit,
                PartCount = isSplit ? parts.Select(part => part.Text).Distinct().Count() : 0,
                Identity = identity,
                Known = known,
                Redo = redo,
                IsSuspect = isSuspect,
                IsUploadDue = isUploadDue,
                Unchanged = unchanged,
                IsRepeat = isRepeat,
                Estimate = provider.IsFree || isRepeat || unchanged.Length > 0 || !isSplit && known is not null
                    && !isSuspect ? new CostEstimate(0, PriceBook.Catalogue)
                    : isSplit ? _history.CostOf(parts, Prices)
                    : Prices.Estimate(request),
                Warnings = unchanged.Length > 0
                    ? reading.Warnings
                    : [.. reading.Warnings, .. NotPosted(request, known, isRepeat),
                        .. parts.Select(part => provider.CautionFor(part, token)).OfType<string>().Distinct()],
            };
        }
        catch (Exception e) when (!token.IsCancellationRequested)
        {
            // Whatever is odd about one row, the others go on, and may have its files.
            files.Release(claimed);
            return new PlannedRow(index, source, kept)
            {
                Id = request.Id,
                IsAlone = row.IsAlone,
                Request = request,
                Error = e as TtsException ?? Errors.Unexpected(e),
            };
        }
    }

    /// <inheritdoc cref="RowRemarks.Take"/>
    internal IEnumerable<string> TakeRemarks() => _remarks.Take();

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
            Whole = whole.Name,
            Part = part.Index,
            IsSuspect = isSuspect,
            Unchanged = isSuspect ? [] : there,
        };
    }

    /// <inheritdoc cref="RowHistory.There"/>
    internal LedgerEvent[] There(PlannedRow row) => _history.There(row.Target, row.Identity);

    /// <summary>The user has said no to a row: its files and its request are free for those after it.</summary>
    public void Decline(PlannedRow row)
    {
        files.Release(row.Claimed);
        if (!row.IsRepeat)
            _seen.Set(KeyMap.KeyOf(row.Identity), Declined);
    }

    // The service posts what it generates, and only that.
    private static IEnumerable<string> NotPosted(SpeechRequest request, LedgerEvent? known, bool isRepeat)
    {
        if (request.WebhookUrl is null)
            yield break;
        if (known is { IsDone: true })
            yield return "A row with a WebhookUrl was generated in an earlier run, so nothing is posted "
                + "for it and you are not charged again. Its TtsTask is Completed: Wait-TtsTask fetches the audio. "
                + "-Regenerate generates and posts it again, which is charged.";
        else if (known is not null)
            yield return "A row with a WebhookUrl was sent in an earlier run, and its result is posted "
                + "to the WebhookUrl of that run. Wait-TtsTask fetches it too.";
        else if (isRepeat)
            yield return "Rows with a WebhookUrl that ask for the same audio are generated once, and "
                + "posted once, to the WebhookUrl of the first.";
    }

    private bool IsSeen(string identity)
    {
        ulong key = KeyMap.KeyOf(identity);
        bool isSeen = _seen.TryGet(key, out long seen) && seen != Declined;
        _seen.Set(key, Seen);
        return isSeen;
    }
}
