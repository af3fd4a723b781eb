using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Speech of a length that its text can hardly have is told, and spoken again where that is wanted.</summary>
public sealed class SuspectTests : EmulatorTest
{
    private static readonly SpeechRow Row = new() { Id = "row", Text = "The train to Berlin leaves at noon from platform nine, and it stops twice on its way.", Voice = "ryan", OutputFormat = "WAV", MaxNewTokens = "125" };

    private readonly Queue<double> _lengths = new();

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: SpeakAsync);

    [Theory]
    [InlineData(6.0, null, false, null)]
    [InlineData(3.0, null, false, null)]
    [InlineData(0.9, null, false, "TooShort")]
    [InlineData(9.8, null, false, null)]
    [InlineData(10.0, null, true, "Truncated")]
    [InlineData(9.92, null, true, "Truncated")]
    [InlineData(5.0, "2", true, "Truncated")]
    [InlineData(20.0, "0.5", true, "Truncated")]
    [InlineData(12.0, "0.5", false, null)]
    [InlineData(2.5, "2", false, null)]
    [InlineData(0.4, "2", false, "TooShort")]
    public void The_length_is_judged_by_the_text_the_speed_and_the_tokens(double seconds, string? speed, bool truncated, string? suspect)
    {
        List<BatchEvent> events = Run(Row with { Speed = speed }, null, seconds);
        TtsSpeech speech = Assert.Single(events.Spoken());
        Assert.Equal((truncated, suspect), (speech.Truncated, speech.Suspect));
        Assert.Equal(suspect is null ? 0 : 1, events.OfType<BatchEvent.Warned>().Count());
    }

    [Theory]
    [InlineData("Hi!", 1.5, null)]
    [InlineData("Hi!", 30.0, "TooLong")]
    [InlineData("1次", 2.0, null)]
    [InlineData("1次", 12.0, "TooLong")]
    [InlineData("今天天气很好，我们一起去公园散步，然后喝一杯茶。", 5.5, null)]
    [InlineData("今天天气很好，我们一起去公园散步，然后喝一杯茶。", 0.7, "TooShort")]
    [InlineData("Call 0151 23456789 or 030 987654321.", 14.0, null)]
    [InlineData("It costs $1,234,567.89 + 19 % = €1.469.135,79!", 22.0, null)]
    public void A_few_words_and_many_digits_are_no_reason_for_doubt(string text, double seconds, string? suspect)
    {
        List<BatchEvent> events = Run(Row with { Text = text, MaxNewTokens = null }, null, seconds);
        Assert.Equal(suspect, Assert.Single(events.Spoken()).Suspect);
    }

    [Fact]
    public void It_is_spoken_again_until_it_is_plausible_and_all_of_it_is_in_the_cost()
    {
        List<BatchEvent> events = Run(Row, 3, 10.0, 1.0, 6.0, 7.0);
        TtsSpeech speech = Assert.Single(events.Spoken());
        Assert.Equal((null, 6.0, 3), (speech.Suspect, speech.Duration!.Value.TotalSeconds, speech.Attempts));
        Assert.Equal(3, _service.Record.ChargedTasks);
        Assert.Equal(LedgerReader.Read(_folder.Path).Sum(e => e.Cost), speech.Cost);
        Assert.Equal(speech.Size, new FileInfo(speech.Path!).Length);
        Assert.Empty(events.OfType<BatchEvent.Warned>());
        TtsSpeech again = Assert.Single(_service.Run([Row], _folder.Path).Spoken());
        Assert.Equal(("Unchanged", speech.TaskUUID), (again.Status, again.TaskUUID));
    }

    [Fact]
    public void With_none_plausible_the_first_is_kept_told_and_found_again()
    {
        List<BatchEvent> events = Run(Row, 2, 10.0, 1.0, 9.95);
        TtsSpeech speech = Assert.Single(events.Spoken());
        Assert.Equal(("Truncated", 10.0), (speech.Suspect, speech.Duration!.Value.TotalSeconds));
        Assert.Contains("MaxNewTokens 125", Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        Assert.Equal(["row.wav"], _folder.Files.Where(f => !f.EndsWith(".jsonl", StringComparison.Ordinal)));
        TtsSpeech copy = Assert.Single(_service.Run([Row with { Id = "copy" }], _folder.Path).Spoken());
        Assert.Equal((speech.TaskUUID, speech.AudioUUID, 10.0), (copy.TaskUUID, copy.AudioUUID, copy.Duration!.Value.TotalSeconds));
        Assert.Equal(3, _service.Record.ChargedTasks);
    }

    [Fact]
    public void What_cannot_fit_is_not_paid_for_again()
    {
        List<BatchEvent> events = Run(Row with { MaxNewTokens = "25" }, 3, 2.0, 2.0);
        Assert.Equal("Truncated", Assert.Single(events.Spoken()).Suspect);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Of_several_results_only_the_doubtful_ones_are_replaced()
    {
        List<BatchEvent> events = Run(Row with { NumberResults = "2" }, 1, 6.0, 1.0, 7.0, 5.0);
        Assert.Equal([6.0, 5.0], events.Spoken().Select(s => s.Duration!.Value.TotalSeconds));
        Assert.Equal(2, events.Spoken().Select(s => s.TaskUUID).Distinct().Count());
        Assert.All(_service.Run([Row with { NumberResults = "2" }], _folder.Path).Spoken(), s => Assert.Equal("Unchanged", s.Status));
    }

    [Fact]
    public void The_budget_ends_the_tries_and_what_was_spoken_is_kept()
    {
        decimal most = Estimates.Of(RowReader.Read(Row).Request!) * 1.5m;
        _lengths.Enqueue(10);
        List<BatchEvent> events = _service.Run([Row], _folder.Path, Service.Quick with { RetrySuspect = 5, MaxCost = Math.Max(most, 0.0001m) });
        Assert.Equal("Truncated", Assert.Single(events.Spoken()).Suspect);
        Assert.Contains(events.OfType<BatchEvent.Warned>(), w => w.Message.Contains("BudgetReached", StringComparison.Ordinal));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("English", 1900, null)]
    [InlineData("Russian", 1900, null)]
    [InlineData("Chinese", 1000, 3584)]
    [InlineData("English", 2000, 2304, 1500)]
    public void A_text_that_cannot_fit_is_told_before_it_is_paid_for(string language, int length, int? enough, int? tokens = null)
    {
        SpeechRequest request = RowReader.Read(Row with { Text = new string('x', length), Language = language, MaxNewTokens = tokens is null ? null : $"{tokens}" }).Request!;
        string? warning = new RunwareProvider(new RunwareClient(new Uri("http://127.0.0.1:9"), null)).CautionFor(request);
        if (enough is null)
            Assert.Null(warning);
        else
            Assert.Contains($"-MaxNewTokens {enough}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_the_docs_is_that_of_the_catalogue()
    {
        string[] table = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "evidence", "audio.md"));
        foreach (TtsLanguage language in SpeechCatalog.Languages.Where(l => l.CharactersPerSecond is not null))
        {
            string row = Assert.Single(table, line => line.StartsWith('|') && line.Contains(language.Name, StringComparison.Ordinal));
            Assert.EndsWith(FormattableString.Invariant($"| {language.CharactersPerSecond} | {language.MinCharactersPerSecond} | {language.MaxCharactersPerSecond} |"), row, StringComparison.Ordinal);
        }
    }

    private List<BatchEvent> Run(SpeechRow row, int? retries, params double[] lengths)
    {
        foreach (double length in lengths)
            _lengths.Enqueue(length);
        return _service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = retries ?? 0 });
    }

    private Task<byte[]> SpeakAsync(SpeakOrder order, CancellationToken token) => Task.FromResult(Wavs.Silence(_lengths.Dequeue()));
}
