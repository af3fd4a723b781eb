using System.Collections.Concurrent;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A long text is cut so that its parts fit, says what is doubtful about them, and has those alone spoken again.</summary>
public sealed class SplitSuspectTests : EmulatorTest
{
    private const decimal Pace = 14;
    private static readonly string Text = string.Join("\n\n", Enumerable.Range(0, 6).Select(p => string.Join(" ", Enumerable.Range(0, 8).Select(s => $"Sentence {s} of paragraph {p} is neither long nor short."))));
    private static readonly SpeechRow Book = new() { Id = "book", Text = Text, Voice = "ryan", Language = "English", OutputFormat = "WAV", MaxNewTokens = "1024" };
    private static readonly BatchOptions Split = Service.Quick with { Split = true };

    private readonly ConcurrentDictionary<string, int> _cut = new();

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: SpeakAsync);

    [Theory]
    [InlineData("Chinese", "今天天气很好，我们一起去公园散步吧。", 1000)]
    [InlineData("Japanese", "今日はとても良い天気なので、公園を散歩しましょう。", 3000)]
    [InlineData("English", "The train to Berlin leaves at noon. ", 4000)]
    public void No_part_is_longer_than_its_tokens(string language, string sentence, int length)
    {
        string text = string.Concat(Enumerable.Repeat(sentence, length / sentence.Length));
        List<BatchEvent> events = _service.Run([Book with { Text = text, Language = language, MaxNewTokens = null }], _folder.Path, Split);
        TtsSpeech speech = Assert.Single(events.Spoken());
        Assert.True(speech.Parts > 1);
        Assert.Equal((null, false), (speech.Suspect, speech.Truncated));
        Assert.Empty(events.OfType<BatchEvent.Warned>());
    }

    [Fact]
    public void Tokens_for_hardly_a_sentence_are_told_of_once_before_anything_is_paid_for()
    {
        RowPlanner planner = Planner(out TaskLedger ledger);
        using (ledger)
        {
            string warning = Assert.Single(planner.Plan(Book with { MaxNewTokens = "8" }, null, null).Warnings);
            Assert.Contains("MaxNewTokens 8 ends the speech", warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_whole_is_as_doubtful_as_its_worst_part_now_and_later()
    {
        _cut["paragraph 3"] = int.MaxValue;
        List<BatchEvent> events = _service.Run([Book], _folder.Path, Split);
        Assert.Equal(("Truncated", true), Assert.Single(events.Spoken()) is var speech ? (speech.Suspect, speech.Truncated) : default);
        Assert.Contains("of paragraph 3", Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        events = _service.Run([Book], _folder.Path, Split);
        Assert.Equal(("Unchanged", "Truncated", speech.Parts), Assert.Single(events.Spoken()) is var again ? (again.Status, again.Suspect, again.Parts) : default);
        Assert.Empty(events.OfType<BatchEvent.Warned>());
    }

    [Fact]
    public void The_doubtful_part_alone_is_spoken_again_and_the_whole_joined_anew()
    {
        _cut["paragraph 3"] = 2;
        TtsSpeech first = Assert.Single(_service.Run([Book], _folder.Path, Split).Spoken());
        int charged = _service.Record.ChargedTasks;
        TtsSpeech vain = Assert.Single(_service.Run([Book], _folder.Path, Split with { RetrySuspect = 1 }).Spoken());
        Assert.Equal(("Unchanged", "Truncated", charged + 1), (vain.Status, vain.Suspect, _service.Record.ChargedTasks));
        Assert.True(vain.Cost > 0);
        TtsSpeech mended = Assert.Single(_service.Run([Book], _folder.Path, Split with { RetrySuspect = 3 }).Spoken());
        Assert.Equal(("Completed", null, charged + 2), (mended.Status, mended.Suspect, _service.Record.ChargedTasks));
        Assert.NotEqual(first.Duration, mended.Duration);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Book], _folder.Path, Split with { RetrySuspect = 3 }).Spoken()).Status);
        Assert.Equal(charged + 2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void What_stays_doubtful_is_not_paid_for_in_every_run()
    {
        _cut["paragraph 3"] = int.MaxValue;
        int parts = 0;
        for (int run = 0; run < 4; run++)
            parts = Assert.Single(_service.Run([Book], _folder.Path, Split with { RetrySuspect = 2 }).Spoken()).Parts!.Value;
        Assert.Equal(parts + 2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_row_of_one_task_is_spoken_again_by_a_later_run_too()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone." };
        _cut["paragraph 3"] = 2;
        Assert.Equal("Truncated", Assert.Single(_service.Run([row], _folder.Path).Spoken()).Suspect);
        for (int run = 0; run < 3; run++)
            Assert.Equal("Truncated", Assert.Single(_service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = 1 }).Spoken()).Suspect);
        Assert.Equal(2, _service.Record.ChargedTasks);
        TtsSpeech mended = Assert.Single(_service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = 2 }).Spoken());
        Assert.Equal(("Completed", null, 3), (mended.Status, mended.Suspect, _service.Record.ChargedTasks));
        Assert.Equal(mended.Size, new FileInfo(mended.Path!).Length);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([row], _folder.Path).Spoken()).Status);
    }

    [Fact]
    public void Equal_rows_are_spoken_again_once_and_share_what_is_better()
    {
        SpeechRow row = Book with { Id = "one", Text = "One paragraph 3 alone." };
        SpeechRow[] rows = [row, row with { Id = "two" }, row];
        _cut["paragraph 3"] = 2;
        _service.Run(rows, _folder.Path);
        Assert.All(Again(1), s => Assert.Equal("Truncated", s.Suspect));
        Assert.Equal(2, _service.Record.ChargedTasks);
        Assert.All(Again(2), s => Assert.Null(s.Suspect));
        Assert.Equal(3, _service.Record.ChargedTasks);

        TtsSpeech[] Again(int times) => _service.Run(rows, _folder.Path, Service.Quick with { RetrySuspect = times }).Spoken();
    }

    [Fact]
    public void What_an_equal_row_has_better_is_taken_for_nothing()
    {
        SpeechRow row = Book with { Id = "one", Text = "One paragraph 3 alone." };
        SpeechRow two = row with { Id = "two" };
        SpeechRow other = Book with { Id = "other", Text = Text + "\n\nAnd more." };
        BatchOptions retry = Split with { RetrySuspect = 1 };
        _cut["paragraph 3"] = 2;
        _service.Run([row, two, Book, other], _folder.Path, Split);
        _service.Run([row, Book], _folder.Path, retry);
        int charged = _service.Record.ChargedTasks;
        Assert.All(_service.Run([two, other], _folder.Path, retry).Spoken(), s => Assert.Null(s.Suspect));
        Assert.Equal(charged, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_try_that_was_not_waited_for_counts_and_is_asked_for_first()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone." };
        BatchOptions impatient = Service.Quick with { RetrySuspect = 1, Timeout = TimeSpan.FromSeconds(1.5) };
        _cut["paragraph 3"] = 1;
        _service.Run([row], _folder.Path);
        // Taken, and its end not seen.
        _service.Faults.OnSubmit(new Fault.ResetAfterAccept());
        _service.Faults.OnPoll(new Fault.Status(503), 99);
        Assert.Equal("Truncated", Assert.Single(_service.Run([row], _folder.Path, impatient).Spoken()).Suspect);
        Assert.Equal(2, _service.Record.ChargedTasks);
        _service.Faults.Clear();
        TtsSpeech mended = Assert.Single(_service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = 1 }).Spoken());
        Assert.Equal((null, 2), (mended.Suspect, _service.Record.ChargedTasks));
    }

    [Fact]
    public void A_try_whose_audio_does_not_come_is_told_of()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone." };
        _cut["paragraph 3"] = 1;
        _service.Run([row], _folder.Path);
        _service.Faults.OnDownload(new Fault.NotFoundDownload(), 9);
        List<BatchEvent> events = _service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = 1 });
        Assert.Contains(events.OfType<BatchEvent.Warned>(), w => w.Message.Contains("Wait-TtsTask -TaskUUID", StringComparison.Ordinal));
        Assert.Equal("Truncated", Assert.Single(events.Spoken()).Suspect);
    }

    [Fact]
    public void Without_a_file_it_is_not_paid_for_in_every_run_either()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone.", OutputType = "base64Data" };
        _cut["paragraph 3"] = int.MaxValue;
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        for (int run = 0; run < 3; run++)
            Assert.Single(Batches.Run(_service.Provider(), [row], null, Service.Quick with { RetrySuspect = 1 }, ledger).Spoken());
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Each_of_several_results_is_restored_from_its_own_task()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone.", NumberResults = "2" };
        _cut["paragraph 3"] = 3;
        TtsSpeech[] first = _service.Run([row], _folder.Path, Service.Quick with { RetrySuspect = 1 }).Spoken();
        TtsSpeech good = Assert.Single(first, s => s.Suspect is null);
        File.Delete(good.Path!);
        TtsSpeech[] again = _service.Run([row], _folder.Path).Spoken();
        Assert.Equal(first.Select(s => s.TaskUUID), again.Select(s => s.TaskUUID));
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_part_that_was_mended_and_not_joined_is_joined_by_the_next_run()
    {
        _cut["paragraph 3"] = 1;
        _service.Run([Book], _folder.Path, Split);
        string spoilt = Directory.GetFiles(Path.Combine(_folder.Path, "book.wav.parts"))[0];
        byte[] whole = File.ReadAllBytes(spoilt);
        File.WriteAllBytes(spoilt, new byte[whole.Length]);
        _service.Run([Book], _folder.Path, Split with { RetrySuspect = 1 });
        File.WriteAllBytes(spoilt, whole);
        int charged = _service.Record.ChargedTasks;
        Assert.Null(Assert.Single(_service.Run([Book], _folder.Path, Split).Spoken()).Suspect);
        Assert.Equal(charged, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_look_says_that_it_would_be_paid_for()
    {
        SpeechRow row = Book with { Text = "One paragraph 3 alone." };
        _cut["paragraph 3"] = 1;
        _service.Run([row], _folder.Path);
        RowPlanner planner = Planner(out TaskLedger ledger, Split with { RetrySuspect = 1 });
        using (ledger)
        {
            PlannedRow planned = planner.Plan(row, null, null);
            Assert.Equal(("Generate again, for its doubtful length, about 0.0003 USD (estimated by the list price)", 0.0003m), (planned.Action, planned.Estimate!.Usd));
        }
    }

    private RowPlanner Planner(out TaskLedger ledger, BatchOptions? options = null)
    {
        ledger = LedgerLocation.OpenDirectory(_folder.Path);
        return new RowPlanner(_service.Provider(), new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger, (options ?? Split) with { Endpoint = _service.Endpoint.ToString() });
    }

    // At the usual pace, and to the end of its tokens where a part is to be cut.
    private Task<byte[]> SpeakAsync(SpeakOrder order, CancellationToken token)
    {
        decimal pace = RunwareTts.Catalog.SpeechCatalog.FindLanguage(order.Language)?.CharactersPerSecond ?? Pace;
        bool isCut = false;
        foreach ((string mark, int left) in _cut)
        {
            if (order.Text.Contains(mark, StringComparison.Ordinal) && left > 0)
            {
                isCut = true;
                _cut[mark] = left - 1;
            }
        }

        decimal most = order.MaxNewTokens / 12.5m;
        return Task.FromResult(Wavs.Silence((double)Math.Min(most, isCut ? most : order.Text.Length / pace)));
    }
}
