using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What earlier runs have left of a row, and what of it is still to be paid for.</summary>
internal sealed class RowHistory(ISpeechProvider provider, TaskLedger ledger, BatchOptions options)
{
    /// <summary>What the ledger calls a request, whatever version has written it.</summary>
    public string Identify(SpeechRequest request, bool isJoined = false)
    {
        RequestName name = RequestHash.Name(provider.Name, request, isJoined, options.Chapters);
        if (!options.Regenerate)
            ledger.Adopt(name);
        return name.Hash;
    }

    /// <summary>The row's files, where all are there and are what was saved for an equal request, whatever their tags; else none.</summary>
    public LedgerEvent[] There(OutputTarget? target, string identity)
    {
        if (target is null || options.Regenerate)
            return [];
        LedgerEvent[] saved = [.. target.Paths.Select(ledger.Saved).OfType<LedgerEvent>()];
        return saved.Length == target.Count && saved.Select((s, n) => s.Hash == identity && s.Index == n).All(same => same) ? saved : [];
    }

    /// <summary>What was sent and is done, or may still be.</summary>
    public LedgerEvent? Known(string identity) =>
        !options.Regenerate && ledger.FindRequest(identity) is { } found && (found.IsDone || found.IsOpen && found.Endpoint == options.Endpoint) ? found : null;

    /// <summary>These files have a doubtful length, and are to be spoken again.</summary>
    public bool IsDue(LedgerEvent[] there, SpeechRequest request) => there.Any(file => RetakeRules.IsDue(file, request, provider, options, ledger));

    /// <summary>No earlier run has it, or what it has is doubtful.</summary>
    public bool IsToPay(SpeechRequest request) =>
        options.Regenerate || ledger.FindRequest(Identify(request)) is not { IsDone: true } known
            || IsDue([known], request);

    /// <summary>Of a joined file with a doubtful length: a part is to be spoken again, or was meanwhile.</summary>
    /// <param name="joined">The file.</param>
    /// <param name="parts">Its parts.</param>
    public bool IsBetter(LedgerEvent joined, SpeechRequest[] parts)
    {
        if (joined.Suspect is null)
            return false;
        (SpeechRequest Request, LedgerEvent? Known)[] known =
            [.. parts.Select(part => (part, ledger.FindRequest(Identify(part))))];
        return known.Any(p => p.Known is { IsDone: true } done && IsDue([done], p.Request))
            || known.All(p => p.Known is { Audio: not null }) && SpeechLength.Worst(known.Select(p => SpeechWriter.Unchanged(p.Request, p.Known!, "", provider, null))) != joined.Suspect;
    }

    /// <summary>
    /// What the parts of a text will cost: each distinct one costs whole steps of price. Null for a model without one.
    /// </summary>
    public CostEstimate? CostOf(SpeechRequest[] parts, PriceBook prices)
    {
        CostEstimate?[] costs = [.. parts.GroupBy(p => p.Text).Select(same => same.First()).Where(IsToPay)
            .Select(prices.Estimate)];
        return costs.Length == 0 ? new CostEstimate(0, PriceBook.Catalogue)
            : costs.Any(c => c is null) ? null
            : new CostEstimate(costs.Sum(c => c!.Usd), costs[0]!.Source);
    }
}
