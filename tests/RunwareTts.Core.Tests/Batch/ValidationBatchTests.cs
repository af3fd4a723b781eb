using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>What would become of rows is judged as the batch judges them, and sends nothing but dry runs.</summary>
public sealed class ValidationBatchTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Service _service = null!;

    public static TheoryData<string, string> Wrong => new()
    {
        { "Text", "" },
        { "Speed", "0,3" },
        { "Speed", "4.01" },
        { "Language", "Klingon" },
        { "Model", "VoiceDesign" },
        { "Model", "Turbo" },
        { "OutputFormat", "AAC" },
        { "Bitrate", "64kb" },
        { "NumberResults", "21" },
        { "OutputPath", "../x.mp3" },
        { "OutputPath", "there.mp3" },
        { "OutputPath", "{Nonsense}.mp3" },
        { "UploadEndpoint", "bucket/x" },
    };

    public async Task InitializeAsync() => _service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_bad_row_has_the_errors_that_the_batch_gives(string parameter, string value)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "there.mp3"), "mine");
        SpeechRow row = new() { Text = "x" };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(row, value);
        TtsValidation found = Assert.Single(Judge([row]));
        TtsException error = Assert.Single(_service.Run([row], _folder.Path).Errors());
        Assert.False(found.IsValid);
        Assert.Equal(error.ErrorId, found.Problems[0].ErrorId);
        Assert.All(found.Problems, p => Assert.Contains(p.Message, error.Message, StringComparison.Ordinal));
        Assert.Equal((null, null, null, null), (found.EstimatedCost, found.EstimatedDuration, found.PriceSource, found.Path));
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void All_problems_of_a_row_are_told_each_with_its_id()
    {
        SpeechRow row = new() { Text = "x", Speed = "fast", Language = "Klingon", Bitrate = "abc" };
        Assert.Equal(
            ["InvalidRequest.Bitrate", "InvalidRequest.Language", "InvalidRequest.Speed"],
            Assert.Single(Judge([row])).Problems.Select(p => p.ErrorId).Order(StringComparer.Ordinal));
    }

    /// <summary>The first three are the prices that the page of the Base model shows.</summary>
    [Theory]
    [InlineData(345, 0.0052)]
    [InlineData(187, 0.0028)]
    [InlineData(34, 0.0005)]
    [InlineData(3, 0.0001)]
    public void A_price_is_that_of_the_service(int length, double cost)
    {
        SpeechRow row = new() { Text = string.Concat(Enumerable.Repeat("a gate ", 300))[..(length - 1)] + "." };
        TtsValidation local = Assert.Single(Judge([row]));
        TtsValidation remote = Assert.Single(Judge([row], remote: true));
        Assert.Equal((decimal)cost, local.EstimatedCost);
        Assert.Equal((decimal)cost, remote.EstimatedCost);
        Assert.Equal(("Catalogue", "Service"), (local.PriceSource, remote.PriceSource));
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Every_result_of_a_row_counts()
    {
        SpeechRow row = new() { Text = string.Concat(Enumerable.Repeat("a gate ", 100)) };
        TtsValidation one = Assert.Single(Judge([row]));
        TtsValidation four = Assert.Single(Judge([row with { NumberResults = "4" }]));
        Assert.Equal((one.EstimatedCost * 4, one.EstimatedDuration * 4, one.Characters), (four.EstimatedCost, four.EstimatedDuration, four.Characters));
    }

    [Fact]
    public void An_equal_row_costs_nothing_and_another_cannot_have_its_file()
    {
        SpeechRow row = new() { Text = "one", OutputPath = "x.wav" };
        TtsValidation[] found = Judge([row, row, row with { Text = "two" }]);
        Assert.Equal([0.0001m, 0m, null], found.Select(f => f.EstimatedCost));
        Assert.Equal("OutputPathTaken", Assert.Single(found[2].Problems).ErrorId);
    }

    [Fact]
    public void What_only_the_service_refuses_is_a_problem_by_its_id()
    {
        TtsValidation found = Assert.Single(Judge([new SpeechRow { Text = "x", Voice = "newcomer" }], remote: true));
        Assert.StartsWith("Runware.", Assert.Single(found.Problems).ErrorId, StringComparison.Ordinal);
        Assert.Null(found.EstimatedCost);
    }

    private TtsValidation[] Judge(SpeechRow[] rows, bool remote = false)
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        OutputPlanner files = new(_folder.Path, force: false, Path.GetFullPath, ledger);
        using ValidationBatch batch = new(_service.Provider(), files, ledger, Service.Quick, remote);
        foreach (SpeechRow row in rows)
            batch.Add(row, row, row);
        return [.. batch.Take(all: true, CancellationToken.None).OfType<BatchEvent.Validated>().Select(e => e.Validation)];
    }
}
