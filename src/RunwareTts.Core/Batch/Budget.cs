using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What a batch may spend, has spent and has in flight, in USD.</summary>
/// <param name="max">-MaxCost; null for no limit.</param>
/// <param name="prices">Estimates what a row will cost, and learns what it did.</param>
internal sealed class Budget(decimal? max, PriceBook prices)
{
    private readonly object _lock = new();
    private decimal _spent;
    private decimal _inFlight;
    private decimal _known;
    private bool _isReached;

    /// <summary>The costs of this run that the service has reported.</summary>
    public decimal Paid
    {
        get
        {
            lock (_lock)
                return _known;
        }
    }

    /// <summary>
    /// Reserves the estimated cost of a row. After the first refusal all later rows are refused too, so that the rows
    /// that are left are the last ones of the pipeline.
    /// </summary>
    /// <exception cref="TtsException">BudgetReached.</exception>
    public decimal Reserve(SpeechRequest request)
    {
        lock (_lock)
        {
            decimal estimate = prices.Reserve(request);
            _isReached |= _spent + _inFlight + estimate > max;
            if (_isReached)
                throw Errors.BudgetReached(max!.Value, _spent + _inFlight, estimate, prices.Estimate(request)?.Source);
            _inFlight += estimate;
            return estimate;
        }
    }

    /// <summary>The service charges nothing for a row.</summary>
    public void GiveBack(decimal reserved)
    {
        lock (_lock)
            _inFlight -= reserved;
    }

    /// <summary>Replaces the reservation of a row by its cost.</summary>
    /// <param name="request">The row.</param>
    /// <param name="reserved">The reservation.</param>
    /// <param name="results">Its results; null if their cost is not known, and the reservation counts.</param>
    public void Settle(SpeechRequest request, decimal reserved, IReadOnlyList<SpeechResult>? results)
    {
        decimal? cost = results?.Sum(r => r.Cost);
        lock (_lock)
        {
            _inFlight -= reserved;
            _spent += cost ?? reserved;
            if (cost is not { } known)
                return;
            _known += known;
            prices.Learn(request.ModelName, request.TextLength, results!.Count, known);
        }
    }
}
