using System.Text;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Batch;

/// <summary>A text that is too long for one task: spoken in parts, each paid for once, and joined.</summary>
public sealed class SplitTests : EmulatorTest
{
    private static readonly string[] Paragraphs = [.. Enumerable.Range(0, 3).Select(p => string.Join(" ", Enumerable.Range(0, 60).Select(s => $"Sentence {s} of paragraph {p} is neither long nor short.")))];
    private static readonly string Text = string.Join("\n\n", Paragraphs);
    private static readonly SpeechRow Book = new() { Id = "book", Text = Text, Voice = "ryan", Language = "English", OutputPath = "books/book.wav" };
    private static readonly BatchOptions Split = Service.Quick with { Split = true };
    private static readonly int Parts = Count(Text);

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakLongerAsync);

    [Theory]
    [InlineData("WAV")]
    [InlineData("MP3")]
    public void It_becomes_one_file_as_long_as_its_parts_and_pauses(string format)
    {
        SpeechRow row = Book with { OutputPath = $"books/book.{format.ToLowerInvariant()}" };
        TtsSpeech speech = Assert.Single(Spoken(row, Split with { Subtitle = "srt" }));
        Assert.Equal(("book", Text, "Completed", format), (speech.Id, speech.Text, speech.Status, speech.Audio!.Format));
        Assert.Equal((Parts, 0), (_service.Record.ChargedTasks, speech.Audio.Faults.Count));
        Assert.Equal(LedgerReader.Read(_folder.Path).Sum(e => e.Cost ?? 0), speech.Cost);
        double parts = PartFiles().Sum(f => RunwareTts.Audio.AudioInfoReader.ReadFile(f).Duration.TotalSeconds);
        double one = speech.Duration!.Value.TotalSeconds - parts;
        // Two pauses between paragraphs, and shorter ones between the other parts.
        Assert.InRange(one, 2 * 0.6 + (Parts - 3) * 0.15 - 0.06, 2 * 0.6 + (Parts - 3) * 0.15 + 0.06);
        string[] cues = File.ReadAllText(Path.ChangeExtension(speech.Path!, ".srt")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(cues.Length, Parts + 1, 180);
        Assert.All(cues, cue => Assert.InRange(cue.Split('\n').Length, 3, 4));
        Assert.Equal(Text.Replace("\n\n", " ", StringComparison.Ordinal), string.Join(' ', cues.SelectMany(cue => cue.Split('\n').Skip(2))));
        // Five seconds for each part are too few, and the whole says so.
        Assert.Equal((Parts, "TooShort"), (speech.Parts, speech.Suspect));
    }

    [Fact]
    public void It_is_found_again_and_a_change_costs_its_own_paragraph()
    {
        TtsSpeech first = Assert.Single(Spoken(Book));
        (int requests, decimal charged) = (_service.Record.Requests, _service.Record.ChargedTasks);
        TtsSpeech again = Assert.Single(Spoken(Book));
        Assert.Equal(("Unchanged", 0m, first.Duration), (again.Status, again.Cost, again.Duration));
        Assert.Equal(requests, _service.Record.Requests);

        File.Delete(first.Path!);
        Assert.Equal(0m, Assert.Single(Spoken(Book)).Cost);
        Assert.Equal((requests, charged), (_service.Record.Requests, _service.Record.ChargedTasks));

        string changed = string.Join("\n\n", "Something new stands at the beginning.", Paragraphs[0], Paragraphs[1] + " And at an end.", Paragraphs[2]);
        int expected = PartsOf(changed).Except(PartsOf(Text)).Count();
        TtsSpeech other = Assert.Single(Spoken(Book with { Text = changed }));
        Assert.Equal(charged + expected, _service.Record.ChargedTasks);
        Assert.True(other.Duration > first.Duration);
        Assert.Equal("Unchanged", Assert.Single(Spoken(Book with { Text = changed })).Status);
    }

    [Fact]
    public void The_budget_counts_each_part_and_the_next_run_goes_on()
    {
        decimal whole = Estimates.Of(RowReader.Read(Book, isSplit: true).Request!);
        Assert.Equal("BudgetReached", Assert.Single(_service.Run([Book], _folder.Path, Split with { ThrottleLimit = 1, MaxCost = whole / 2 }).Errors()).ErrorId);
        int paid = _service.Record.ChargedTasks;
        Assert.InRange(paid, 1, Parts - 1);
        Assert.Single(Spoken(Book));
        Assert.Equal(Parts, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Equal_texts_are_paid_for_once_in_one_file_or_in_two()
    {
        SpeechRow other = Book with { Id = "other", OutputPath = "books/other.wav" };
        TtsSpeech[] spoken = _service.Run([Book, Book, other], _folder.Path, Split).Spoken();
        Assert.Equal(["Completed", "Unchanged", "Completed"], spoken.Select(s => s.Status));
        Assert.Equal(File.ReadAllBytes(spoken[0].Path!), File.ReadAllBytes(spoken[2].Path!));
        Assert.Equal(Parts, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Spoken_again_on_purpose_all_parts_are_paid_for_again()
    {
        Assert.Single(Spoken(Book));
        Assert.Equal("Completed", Assert.Single(Spoken(Book, Split with { Regenerate = true })).Status);
        Assert.Equal(2 * Parts, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Parts_that_no_ledger_knows_are_replaced_and_not_paid_for_in_vain()
    {
        Assert.Single(Spoken(Book));
        File.Delete(LedgerLocation.FileIn(_folder.Path));
        File.Delete(Path.Combine(_folder.Path, "books", "book.wav"));
        Assert.Single(Spoken(Book));
        Assert.Equal("Unchanged", Assert.Single(Spoken(Book)).Status);
        Assert.Equal(2 * Parts, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Equal_paragraphs_are_spoken_once_also_when_all_is_spoken_anew()
    {
        SpeechRow row = Book with { Text = $"{Text}\n\nYes.\n\nNo.\n\nYes.\n\nYes." };
        Assert.Single(Spoken(row, Split with { Regenerate = true }));
        Assert.Equal(Parts + 2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Subtitles_follow_the_text_and_those_that_were_corrected_are_kept()
    {
        BatchOptions subtitled = Split with { Subtitle = "srt" };
        string srt = Path.Combine(_folder.Path, "books", "book.srt");
        Assert.Single(Spoken(Book));
        Assert.False(File.Exists(srt));
        Assert.Equal((0m, true), (Assert.Single(Spoken(Book, subtitled)).Cost, File.Exists(srt)));
        Assert.Single(Spoken(Book with { Text = Text + "\n\nAnd more." }, subtitled));
        Assert.Contains("And more.", File.ReadAllText(srt), StringComparison.Ordinal);
        File.AppendAllText(srt, "corrected");
        int charged = _service.Record.ChargedTasks;
        Assert.Equal("OutputExists", Assert.Single(_service.Run([Book], _folder.Path, subtitled).Errors()).ErrorId);
        Assert.Equal(charged, _service.Record.ChargedTasks);
        Assert.EndsWith("corrected", File.ReadAllText(srt), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_parts_that_cannot_be_is_found_before_anything_is_paid_for()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "books"));
        File.WriteAllText(Path.Combine(_folder.Path, "books", "book.wav.parts"), "");
        Assert.Equal("OutputNotWritten", Assert.Single(_service.Run([Book], _folder.Path, Split).Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void Two_files_that_would_share_their_subtitles_are_found_before_anything_is_paid_for()
    {
        SpeechRow[] rows = [Book, Book with { Id = "other", OutputPath = "books/book.mp3" }];
        List<BatchEvent> events = _service.Run(rows, _folder.Path, Split with { Subtitle = "srt" });
        Assert.Equal("book", Assert.Single(events.Spoken()).Id);
        Assert.Equal("OutputPathTaken", Assert.Single(events.Errors()).ErrorId);
        Assert.Equal(Parts, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("contentPolicyViolation", 400, false)]
    [InlineData("invalidApiKey", 401, true)]
    public void A_failure_leaves_no_book_with_a_hole_and_the_next_run_speaks_what_is_missing(
        string code, int status, bool isAnotherRows)
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody($$"""{"errors":[{"code":"{{code}}","message":"m"}]}""", status));
        SpeechRow[] rows = isAnotherRows ? [new() { Id = "a", Text = "Hello" }, Book] : [Book];
        List<BatchEvent> events = _service.Run(rows, _folder.Path, Split with { ThrottleLimit = 1 });
        Assert.Equal($"Runware.{code}", Assert.Single(events.Errors()).ErrorId);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "books", "book.wav")));
        Assert.Single(Spoken(Book));
        Assert.Equal((Parts, Parts), (_service.Record.ChargedTasks, _service.Record.DistinctChargedRequests));
    }

    [Fact]
    public void Rows_that_are_short_go_as_they_do_and_keep_their_order()
    {
        SpeechRow[] rows = [new() { Id = "a", Text = "Hello" }, Book, new() { Id = "z", Text = "Goodbye" }];
        Assert.Equal(["a", "book", "z"], _service.Run(rows, _folder.Path, Split).Spoken().Select(s => s.Id));
        Assert.Equal(Parts + 2, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("Text", false)]
    [InlineData("NumberResults", true)]
    [InlineData("UploadEndpoint", true)]
    [InlineData("WebhookUrl", true)]
    [InlineData("OutputPath", true)]
    public void What_cannot_be_joined_is_refused_before_anything_is_sent(string parameter, bool split)
    {
        SpeechRow row = parameter switch
        {
            "NumberResults" => Book with { NumberResults = "2" },
            "UploadEndpoint" => Book with { UploadEndpoint = "https://example.org/up" },
            "WebhookUrl" => Book with { WebhookUrl = "https://example.org/hook" },
            "OutputPath" => Book with { OutputPath = null },
            _ => Book,
        };
        List<BatchEvent> events = _service.Run([row], parameter == "OutputPath" ? null : _folder.Path, Split with { Split = split });
        Assert.Equal($"InvalidRequest.{parameter}", Assert.Single(events.Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void Subtitles_of_an_earlier_text_are_no_subtitles_of_this_one()
    {
        string srt = Path.Combine(_folder.Path, "books", "book.srt");
        Assert.Single(Spoken(Book, Split with { Subtitle = "srt" }));
        SpeechRow longer = Book with { Text = Text + "\n\nAnd more." };
        Assert.Single(Spoken(longer));
        Assert.DoesNotContain("And more.", File.ReadAllText(srt), StringComparison.Ordinal);
        Assert.Equal(("Completed", 0m), Assert.Single(Spoken(longer, Split with { Subtitle = "srt" })) is var made ? (made.Status, made.Cost) : default);
        Assert.Contains("And more.", File.ReadAllText(srt), StringComparison.Ordinal);
        Assert.Equal("Unchanged", Assert.Single(Spoken(longer, Split with { Subtitle = "srt" })).Status);
    }

    [Fact]
    public void Subtitles_of_both_kinds_stay_those_of_the_file()
    {
        foreach (string kind in new[] { "srt", "vtt" })
            Assert.Single(Spoken(Book, Split with { Subtitle = kind }));
        foreach (string kind in new[] { "srt", "vtt" })
            Assert.Equal("Unchanged", Assert.Single(Spoken(Book, Split with { Subtitle = kind })).Status);
        Assert.Single(Spoken(Book, Split with { Subtitle = "srt", Regenerate = true }));
        Assert.Equal(2 * Parts, _service.Record.ChargedTasks);
    }

    [ToolTheory("ffmpeg ffprobe")]
    [InlineData("mp3")]
    [InlineData("ogg")]
    public void Headings_become_chapters_where_they_are_asked_for(string format)
    {
        string text = $"It begins.\n\nCHAPTER 1\n\n{Paragraphs[0]}\n\nCHAPTER 2\n\n{Paragraphs[1]}";
        SpeechRow row = Book with { Text = text, OutputPath = $"books/book.{format}" };
        Assert.Empty(Chapters(Assert.Single(Spoken(row))));
        int charged = _service.Record.ChargedTasks;
        TtsSpeech marked = Assert.Single(Spoken(row, Split with { Chapters = true }));
        Assert.Equal(("Completed", 0m, charged), (marked.Status, marked.Cost, _service.Record.ChargedTasks));
        Assert.Equal(["book", "CHAPTER 1", "CHAPTER 2"], Chapters(marked));
        Assert.Equal("Unchanged", Assert.Single(Spoken(row, Split with { Chapters = true })).Status);
        TtsSpeech tagged = Assert.Single(Spoken(row with { Tag = new System.Collections.Hashtable { ["artist"] = "A" } }, Split with { Chapters = true }));
        Assert.Equal(["book", "CHAPTER 1", "CHAPTER 2"], Chapters(tagged));
        Assert.Equal(charged, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Chapters_that_a_format_cannot_have_are_refused_before_anything_is_paid_for()
    {
        Assert.Equal("NotSupported.Chapter", Assert.Single(_service.Run([Book], _folder.Path, Split with { Chapters = true }).Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void A_short_text_has_its_subtitles_too()
    {
        TtsSpeech speech = Assert.Single(Spoken(Book with { Text = "Hello there." }, Split with { Subtitle = "vtt" }));
        Assert.Equal(1, speech.Parts);
        Assert.Contains("Hello there.", File.ReadAllText(Path.ChangeExtension(speech.Path!, ".vtt")), StringComparison.Ordinal);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Marks_between_paragraphs_are_pauses_and_no_parts()
    {
        TtsSpeech plain = Assert.Single(Spoken(Book));
        TtsSpeech marked = Assert.Single(Spoken(Book with { Id = "marked", OutputPath = "books/marked.wav", Text = $"* * *\n\n{Text.Replace("\n\n", "\n\n-----\n\n", StringComparison.Ordinal)}\n\n…" }));
        Assert.Equal((Parts, plain.Duration), (marked.Parts, marked.Duration));
        Assert.Equal(Parts, _service.Record.ChargedTasks);
        Assert.Equal("InvalidRequest.Text", Assert.Single(_service.Run([Book with { Text = new string('-', 3000) }], _folder.Path, Split).Errors()).ErrorId);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("48", 48)]
    public void Samples_are_encoded_once(string asked, int kbps)
    {
        TtsSpeech speech = Assert.Single(Spoken(Book with { OutputPath = "books/book.ogg", Bitrate = asked }));
        Assert.Equal(("OGG", kbps), (speech.Audio!.Format, speech.Audio.Bitrate));
        Assert.All(PartFiles(), part => Assert.EndsWith(".wav", part, StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_text_is_priced_by_its_new_parts()
    {
        Assert.Single(Spoken(Book));
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        RowPlanner planner = new(_service.Provider(), new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger, Split with { Endpoint = _service.Endpoint.ToString() });
        PlannedRow planned = planner.Plan(Book with { Text = Text + "\n\nAnd more." }, null, null);
        Assert.Equal(0.0001m, planned.Estimate!.Usd);
    }

    [Fact]
    public void Subtitles_that_are_somebody_elses_are_found_before_anything_is_paid_for()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "books"));
        File.WriteAllText(Path.Combine(_folder.Path, "books", "book.srt"), "mine", Encoding.UTF8);
        Assert.Equal("OutputExists", Assert.Single(_service.Run([Book], _folder.Path, Split with { Subtitle = "srt" }).Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public async Task Faults_of_all_kinds_cost_nothing_twice()
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakLongerAsync);
        service.Faults.AtRate(0.2, 11);
        for (int run = 0; run < 6 && service.Run([Book], _folder.Path, Split).Spoken().Length == 0; run++)
        {
        }

        service.Faults.Clear();
        Assert.Single(service.Run([Book], _folder.Path, Split).Spoken());
        Assert.Equal((Parts, Parts), (service.Record.ChargedTasks, service.Record.DistinctChargedRequests));
    }

    private TtsSpeech[] Spoken(SpeechRow row, BatchOptions? options = null)
    {
        List<BatchEvent> events = _service.Run([row], _folder.Path, options ?? Split);
        Assert.Empty(events.Errors());
        return events.Spoken();
    }

    private static string[] Chapters(TtsSpeech speech) =>
        [.. Encoding.UTF8.GetString(AudioTool.Run("ffprobe", "-v", "error", "-show_entries", "chapter_tags=title", "-of", "default=nw=1:nk=1", speech.Path!)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static int Count(string text) => PartsOf(text).Count();

    private static IEnumerable<string> PartsOf(string text) => SplitRules.PartsOf(RowReader.Read(Book with { Text = text }, isSplit: true).Request!).Select(p => p.Text);

    private string[] PartFiles() => Directory.GetFiles(Directory.GetDirectories(Path.Combine(_folder.Path, "books")).Single());
}
