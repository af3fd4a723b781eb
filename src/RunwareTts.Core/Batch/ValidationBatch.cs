using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>Rows in, TtsValidation out, in order. Only -Remote sends anything: dry runs for the price.</summary>
public sealed class ValidationBatch(
    ISpeechProvider provider, OutputPlanner files, TaskLedger ledger, BatchOptions options, bool remote,
    VoiceSources? voices = null) : IDisposable
{
    private const int WindowSize = 4;

    private readonly RowPlanner _rows = new(provider, files, ledger, options, voices);
    private readonly VoiceChooser _chooser = new(options.Auto);
    private readonly OrderedWindow _window = new(WindowSize);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _warned = [];

    /// <exception cref="TtsException">ApiKeyMissing, where the price is asked for.</exception>
    public void Add(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        PlannedRow planned = _rows.Plan(row, source, kept, token);
        string[] warnings = [.. planned.Warnings.Where(_warned.Add)];
        if (planned.IsBlank)
            return;
        RowResult local = new() { Validation = Describe(planned), Warnings = warnings };
        // The service has no price for a row whose clip is not there yet.
        if (!remote || planned.Error is not null || planned.Work != RowWork.Generate || planned.Casting is not null)
        {
            _window.Add(planned.Name, source, local);
            return;
        }

        provider.EnsureReady();
        _window.Start(planned.Name, source, Task.CompletedTask, () => AskAsync(planned, local));
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        if (all && _rows.TakeRemarks().ToArray() is { Length: > 0 } remarks)
            _window.Add("", null, new RowResult { Warnings = remarks });
        return _window.Take(all, null, token);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private async Task<RowResult> AskAsync(PlannedRow row, RowResult local)
    {
        try
        {
            (decimal? price, PlannedRow sent) = await _chooser.PriceAsync(provider, row, _stop.Token)
                .ConfigureAwait(false);
            local = local with
            {
                Validation = local.Validation! with { Voice = sent.Request!.Voice },
                Warnings = [.. local.Warnings, .. _chooser.TakeWarning(sent.Chosen)],
            };
            return price is null ? local : local with
            {
                Validation = local.Validation with { EstimatedCost = price, PriceSource = "Service" },
            };
        }
        catch (TtsException e) when (e is { IsTransient: true, IsUnanswered: false })
        {
            return local with
            {
                Warnings = [.. local.Warnings,
                    $"The service gave no price, so the estimate is used: {e.Message}"],
            };
        }
        catch (TtsException e) when (e is
            { IsTransient: false, EndsPipeline: false, Kind: not TtsErrorKind.NotImplemented })
        {
            return local with
            {
                Validation = local.Validation! with
                {
                    Problems = [new TtsProblem(e.ErrorId, RowName.Prefix(row.Name, e.Message))],
                    EstimatedCost = null,
                    PriceSource = null,
                    EstimatedDuration = null,
                },
            };
        }
        catch (TtsException e)
        {
            return new RowResult { Warnings = local.Warnings, Errors = [e] };
        }
    }

    private static TtsValidation Describe(PlannedRow row)
    {
        // Joined, they are the message of New-TtsSpeech, so only the first one begins with the row.
        List<TtsProblem> problems = [.. row.Problems.Select((p, n) =>
            new TtsProblem($"InvalidRequest.{p.Parameter}", n == 0 ? RowName.Prefix(row.Name, p.Message) : p.Message))];
        if (row.Error is { } error && problems.Count == 0)
            problems.Add(new TtsProblem(error.ErrorId, RowName.Prefix(row.Name, error.Message)));
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
