using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>One estimate: the list price, or what the service has charged where that is more.</summary>
public sealed class PriceTests : IDisposable
{
    private const string Endpoint = "https://one.example/v1";

    private static readonly string Silence = Convert.ToBase64String([.. "RIFF"u8, 44, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0, .. "data"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // What the page of the Base model shows for texts of these lengths.
    [InlineData(345, 0.0052)]
    [InlineData(187, 0.0028)]
    [InlineData(34, 0.0005)]
    [InlineData(1, 0.0001)]
    public void By_the_list_price_a_text_costs_what_the_examples_cost(int length, double usd)
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        Assert.Equal(new CostEstimate((decimal)usd, PriceBook.Catalogue), new PriceBook(ledger, Endpoint).Estimate(Request(length)));
    }

    [Fact]
    public void Every_listed_price_has_a_date_and_a_source() => Assert.All(SpeechCatalog.Models, m =>
    {
        Assert.Equal(0.015m, m.PricePerThousandCharacters);
        Assert.Matches(@"^20\d\d-\d\d-\d\d$", m.PriceDate);
        Assert.NotEmpty(m.PriceSource);
    });

    [Theory]
    // Dearer than listed: that counts. Cheaper, or dearer by the rounding of short texts only: the list does.
    [InlineData(1000, 0.03, 0.03)]
    [InlineData(1000, 0.015, null)]
    [InlineData(1000, 0.0005, null)]
    [InlineData(1, 0.0001, null)]
    [InlineData(5, 0.0001, null)]
    public void What_was_charged_counts_where_it_is_more(int length, double charged, double? perThousand)
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        PriceBook prices = new(ledger, Endpoint);
        for (int n = 0; n < 10; n++)
            prices.Learn("CustomVoice", length, 1, (decimal)charged);
        CostEstimate expected = perThousand is { } learned ? new((decimal)learned, PriceBook.Charged) : new(0.015m, PriceBook.Catalogue);
        Assert.Equal(expected, prices.Estimate(Request(1000)));
        Assert.Equal(expected.Usd, prices.Reserve(Request(1000)));
        Assert.Equal(PriceBook.Catalogue, prices.Estimate(Request(1000) with { Model = SpeechCatalog.FindModel("VoiceDesign")!.ModelId })!.Source);
    }

    [Fact]
    public void A_new_price_is_known_after_two_long_texts()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        PriceBook prices = new(ledger, Endpoint);
        for (int n = 0; n < 1000; n++)
            prices.Learn("CustomVoice", 2000, 1, 0.03m);
        for (int n = 0; n < 10; n++)
            prices.Learn("CustomVoice", 2000, 1, 0.3m);
        Assert.InRange(prices.Estimate(Request(1000))!.Usd, 0.14m, 0.15m);
    }

    [Fact]
    public void Of_a_model_that_is_not_listed_nothing_is_estimated_before_it_was_charged_and_the_dearest_is_set_aside()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        PriceBook prices = new(ledger, Endpoint);
        SpeechRequest request = Request(1000) with { Model = "other:model@1" };
        Assert.Null(prices.Estimate(request));
        Assert.Equal(0.015m, prices.Reserve(request));
        prices.Learn("other:model@1", 1000, 2, 0.002m);
        Assert.Equal(new CostEstimate(0.001m, PriceBook.Charged), prices.Estimate(request));
    }

    [Fact]
    public async Task What_a_run_was_charged_the_next_one_estimates_and_sets_aside()
    {
        await using ScriptedService service = await DearAsync(0.0006m);
        BatchOptions options = Service.Quick with { Endpoint = Endpoint, ThrottleLimit = 1 };
        Assert.Single(Batches.Run(service.Provider, [Row(0)], _folder.Path, options).Spoken());

        TtsValidation told = Validate(service, options, Row(1));
        Assert.Equal((0.0006m, "Charged"), (told.EstimatedCost, told.PriceSource));
        Assert.Equal((0.0002m, "Catalogue"), (Validate(service, options with { Endpoint = "https://two.example/v1" }, Row(1)) is var there ? (there.EstimatedCost, there.PriceSource) : default));
        using (TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path))
        {
            PlannedRow planned = new RowPlanner(service.Provider, new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger, options).Plan(Row(1), null, null);
            Assert.Equal("Generate, about 0.0006 USD (estimated by what the service has charged before)", planned.Action);
        }

        // By the list price six of them would fit.
        List<BatchEvent> events = Batches.Run(service.Provider, [.. Enumerable.Range(1, 6).Select(Row)], _folder.Path, options with { MaxCost = 0.0012m });
        Assert.Equal(2, events.Spoken().Length);
        Assert.All(events.Errors(), e => Assert.Contains("estimated by what the service has charged before", e.Message, StringComparison.Ordinal));
        Assert.Equal(4, events.Errors().Length);
    }

    [Fact]
    public async Task A_budget_is_kept_by_what_the_first_rows_were_charged()
    {
        await using ScriptedService service = await DearAsync(0.0006m);
        List<BatchEvent> events = Batches.Run(service.Provider, [.. Enumerable.Range(0, 6).Select(Row)], _folder.Path, Service.Quick with { Endpoint = Endpoint, ThrottleLimit = 1, MaxCost = 0.0015m });
        Assert.Equal(0.0012m, events.Spoken().Sum(s => s.Cost));
        Assert.Equal(4, events.Errors().Length);
    }

    private static Task<ScriptedService> DearAsync(decimal usd) => ScriptedService.StartAsync((_, _, id) =>
        new Answer(FormattableString.Invariant($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioUUID":"{{Guid.NewGuid()}}","audioBase64Data":"{{Silence}}","cost":{{usd}}}]}""")));

    private TtsValidation Validate(ScriptedService service, BatchOptions options, SpeechRow row)
    {
        using TaskLedger ledger = LedgerLocation.ReadDirectory(_folder.Path);
        using ValidationBatch batch = new(service.Provider, new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger, options, remote: false);
        batch.Add(row, row, row);
        return batch.Take(all: true, CancellationToken.None).OfType<BatchEvent.Validated>().Single().Validation;
    }

    private static SpeechRow Row(int n) => new() { Text = $"Row number {n}", Id = $"{n}", OutputFormat = "WAV" };

    private static SpeechRequest Request(int length) => RowReader.Read(new SpeechRow { Text = new string('x', length) }).Request!;
}
