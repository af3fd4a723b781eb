using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What a row will probably cost, and how that is known.</summary>
/// <param name="Usd">For all its results.</param>
/// <param name="Source">Catalogue or Charged.</param>
internal sealed record CostEstimate(decimal Usd, string Source);

/// <summary>
/// The one estimate of this module: by the catalogue's price of a model, or by what the service has charged for it at
/// this endpoint, in this pipeline and as the ledger says, where that is more.
/// </summary>
/// <param name="ledger">Knows what earlier runs have paid.</param>
/// <param name="endpoint">Where.</param>
internal sealed class PriceBook(TaskLedger ledger, string? endpoint)
{
    public const string Catalogue = "Catalogue";
    public const string Charged = "Charged";
    public static readonly CostEstimate Free = new(0, Catalogue);

    // Older charges count half as soon as the newer ones have this many characters, so that a new price is soon known.
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

    /// <summary>What is set aside: of a model without a price as much as for the dearest.</summary>
    public decimal Reserve(SpeechRequest request) =>
        Estimate(request)?.Usd ?? Cost(SpeechCatalog.Models.Max(m => m.PricePerThousandCharacters) / 1000m, request);

    /// <summary>The service has charged this for so many results of a text.</summary>
    public void Learn(string model, int characters, int results, decimal usd)
    {
        lock (_lock)
        {
            ReadLedger();
            Add(model, characters, results, usd);
        }
    }

    // The service asks for whole steps, and for one of them for the shortest result.
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
        /// USD for a character, where that is more than is listed even if each result was rounded up by a whole step.
        /// </summary>
        public decimal? MoreThan(decimal? listed) =>
            _characters == 0 || listed is not null
                && (_usd - (_results * SpeechCatalog.Limits.PriceStep)) / _characters <= listed ? null
            : _usd / _characters;
    }
}
