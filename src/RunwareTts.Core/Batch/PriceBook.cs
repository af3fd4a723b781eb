using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>The estimated cost of a row, and where the price comes from.</summary>
/// <param name="Usd">For all its results.</param>
/// <param name="Source">Catalogue or Charged.</param>
internal sealed record CostEstimate(decimal Usd, string Source);

/// <summary>
/// Estimates costs: by the catalogue's price of a model, or by what the service has charged at this endpoint, in this
/// pipeline and in the ledger, where that is more.
/// </summary>
/// <param name="ledger">Has the charges of earlier runs.</param>
/// <param name="endpoint">The endpoint whose charges count.</param>
internal sealed class PriceBook(TaskLedger ledger, string? endpoint)
{
    public const string Catalogue = "Catalogue";
    public const string Charged = "Charged";
    public static readonly CostEstimate Free = new(0, Catalogue);

    // Whenever this many characters were charged, their weight is halved, so that a new price soon prevails.
    private const int Memory = 4000;

    private readonly object _lock = new();
    private readonly Dictionary<string, Charges> _models = [];
    private bool _isRead;

    /// <summary>Null for a model that has no price in the catalogue and was not charged yet.</summary>
    public CostEstimate? Estimate(SpeechRequest request)
    {
        decimal? listed = SpeechCatalog.FindModel(request.Model)?.PricePerThousandCharacters / 1000m;
        lock (_lock)
        {
            ReadLedger();
            decimal? charged = _models.TryGetValue(request.ModelName, out Charges? seen) ? seen.MoreThan(listed) : null;
            return (charged ?? listed) is { } price
                ? new CostEstimate(Cost(price, request), charged is null ? Catalogue : Charged) : null;
        }
    }

    /// <summary>The cost to reserve: for a model without a price, that of the dearest model.</summary>
    public decimal Reserve(SpeechRequest request) =>
        Estimate(request)?.Usd ?? Cost(SpeechCatalog.Models.Max(m => m.PricePerThousandCharacters) / 1000m, request);

    /// <summary>Learns what the service charged for the results of a text.</summary>
    public void Learn(string model, int characters, int results, decimal usd)
    {
        lock (_lock)
        {
            ReadLedger();
            Add(model, characters, results, usd);
        }
    }

    // The service charges whole steps, at least one for each result.
    private static decimal Cost(decimal price, SpeechRequest request)
    {
        decimal step = SpeechCatalog.Limits.PriceStep;
        decimal rounded = Math.Round(price * request.TextLength / step, MidpointRounding.AwayFromZero) * step;
        return Math.Max(step, rounded) * request.NumberResults;
    }

    private void ReadLedger()
    {
        if (_isRead)
            return;
        _isRead = true;
        Dictionary<Guid, LedgerEvent> sent = [];
        foreach (LedgerEvent happened in ledger.Recent().Where(e => e.Endpoint == endpoint))
        {
            if (happened is { Event: LedgerEventKind.Submitted, Model: not null, Characters: > 0 })
            {
                sent[happened.Task] = happened;
            }
            else if (happened is { Event: LedgerEventKind.Completed, Results: { Count: > 0 } results }
                && results.All(r => r.Cost is not null)
                && sent.TryGetValue(happened.Task, out LedgerEvent? task))
            {
                Add(task.Model!, task.Characters!.Value, results.Count, results.Sum(r => r.Cost!.Value));
                sent.Remove(happened.Task);
            }
        }
    }

    private void Add(string model, int characters, int results, decimal usd)
    {
        if (!_models.TryGetValue(model, out Charges? charges))
            _models.Add(model, charges = new Charges());
        charges.Add((long)characters * results, results, usd);
    }

    private sealed class Charges
    {
        private decimal _usd;
        private decimal _characters;
        private decimal _results;

        public void Add(long characters, int results, decimal usd)
        {
            _usd += usd;
            _characters += characters;
            _results += results;
            if (_characters > Memory)
            {
                _usd /= 2;
                _characters /= 2;
                _results /= 2;
            }
        }

        /// <summary>
        /// USD for a character, where that is more than the listed price even if each result was rounded up by a step.
        /// </summary>
        public decimal? MoreThan(decimal? listed) =>
            _characters == 0 || listed is not null
                && (_usd - (_results * SpeechCatalog.Limits.PriceStep)) / _characters <= listed ? null
            : _usd / _characters;
    }
}
