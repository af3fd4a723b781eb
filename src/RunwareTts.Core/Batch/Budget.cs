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

    /// <summary>What this run has paid, as the service says.</summary>
    public decimal Paid
    {
        get
        {
            lock (_lock)
                return _known;
        }
    }

    /// <summary>
    /// Reserves what a row will probably cost. Once it is too much, nothing more is reserved: the rows that are left
    /// are those after it.
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

    /// <summary>A row was never taken by the service.</summary>
    public void GiveBack(decimal reserved)
    {
        lock (_lock)
            _inFlight -= reserved;
    }

    /// <summary>A row is over.</summary>
    /// <param name="request">The row.</param>
    /// <param name="reserved">What was set aside for it.</param>
    /// <param name="results">All that it cost money for; null where nobody says, and what was set aside counts.</param>
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
