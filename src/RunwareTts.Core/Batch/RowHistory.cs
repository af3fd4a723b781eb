using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What earlier runs have left of a row, and what of it is still to be paid for.</summary>
internal sealed class RowHistory(ISpeechProvider provider, TaskLedger ledger, BatchOptions options)
{
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
    public bool IsDue(LedgerEvent[] there, SpeechRequest request) => there.Any(file => RetakeRules.IsDue(file, request, provider, options));

    /// <summary>No earlier run has it, or what it has is doubtful.</summary>
    public bool IsToPay(SpeechRequest request) =>
        options.Regenerate || ledger.FindRequest(RequestHash.Compute(provider.Name, request)) is not { IsDone: true } known || IsDue([known], request);

    /// <summary>USD for the parts of a text: each distinct one costs whole steps of price. Null for a model without one.</summary>
    public decimal? CostOf(SpeechRequest[] parts) =>
        parts.Any(p => p.EstimatedCost is null) ? null : parts.GroupBy(p => p.Text).Select(same => same.First()).Where(IsToPay).Sum(p => p.EstimatedCost);
}
