using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Rows in, TtsValidation out, in order. Nothing is sent, but for the price where it is asked for.</summary>
public sealed class ValidationBatch(ISpeechProvider provider, OutputPlanner files, TaskLedger ledger, BatchOptions options, bool remote) : IDisposable
{
    private const int AtOnce = 4;

    private readonly RowPlanner _rows = new(provider, files, ledger, options);
    private readonly OrderedWindow _window = new(AtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _warned = [];

    /// <exception cref="TtsException">ApiKeyMissing, where the price is asked for.</exception>
    public void Add(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        PlannedRow planned = _rows.Plan(row, source, kept, token);
        foreach (string warning in planned.Warnings.Where(_warned.Add))
            _window.Add(new BatchEvent.Warned(warning).Of(planned.Name));
        if (planned.IsBlank)
            return;
        TtsValidation local = Describe(planned);
        if (!remote || !local.IsValid || planned.IsRepeat || planned.Known is not null || planned.Unchanged.Count > 0)
        {
            _window.Add(new BatchEvent.Validated(local));
            return;
        }

        provider.Ready();
        _window.Start(events => AskAsync(planned, local, events), source, Task.CompletedTask);
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        foreach (string remark in all ? _rows.TakeRemarks() : [])
            _window.Add(new BatchEvent.Warned(remark));
        return _window.Take(all, () => null, token);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private async Task AskAsync(PlannedRow row, TtsValidation local, List<BatchEvent> events)
    {
        TtsValidation told;
        try
        {
            decimal? price = await provider.PriceAsync(row.Request!, _stop.Token).ConfigureAwait(false);
            told = price is null ? local : local with { EstimatedCost = price, PriceSource = "Service" };
        }
        catch (TtsException e) when (e is { IsTransient: true, IsUnanswered: false })
        {
            events.Add(new BatchEvent.Warned(
                $"The service gave no price, and the estimate stands in its place: {e.Message}").Of(row.Name));
            told = local;
        }
        catch (TtsException e) when (e is { IsTransient: false, EndsPipeline: false, Kind: not TtsErrorKind.NotImplemented })
        {
            told = local with { Problems = [new TtsProblem(e.ErrorId, RowName.Say(row.Name, e.Message))],
                EstimatedCost = null, PriceSource = null, EstimatedDuration = null };
        }

        events.Add(new BatchEvent.Validated(told));
    }

    private static TtsValidation Describe(PlannedRow row)
    {
        // Together they are the message of the error that New-TtsSpeech gives, so the first one names the row.
        List<TtsProblem> problems = [.. row.Problems.Select((p, n) =>
            new TtsProblem($"InvalidRequest.{p.Parameter}", n == 0 ? RowName.Say(row.Name, p.Message) : p.Message))];
        if (row.Error is { } error && problems.Count == 0)
            problems.Add(new TtsProblem(error.ErrorId, RowName.Say(row.Name, error.Message)));
        bool isValid = problems.Count == 0;
        CostEstimate? cost = isValid ? row.Estimate : null;
        return new TtsValidation
        {
            Id = row.Id,
            Model = row.Request?.ModelName,
            Voice = row.Request?.Voice,
            Problems = problems,
            Characters = row.Request?.TextLength ?? 0,
            EstimatedCost = cost?.Usd,
            PriceSource = cost?.Source,
            EstimatedDuration = isValid ? row.Request!.EstimatedDuration : null,
            Path = isValid ? row.Target?.FullPath : null,
            InputObject = row.Kept,
        };
    }
}
