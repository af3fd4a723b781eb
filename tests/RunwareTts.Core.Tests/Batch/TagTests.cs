using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tests.Joining;
using RunwareTts.Tests.Ledger;
using RunwareTts.Text;

namespace RunwareTts.Tests.Batch;

/// <summary>Tags where they are asked for, and never another cent for them.</summary>
public sealed class TagTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };
    private static readonly Hashtable Night = new() { ["title"] = "Night = ; é", ["artist"] = "Nobody" };
    private static readonly Hashtable Day = new() { ["title"] = "Day" };

    private readonly ConcurrentBag<byte[]> _made = [];

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: async (order, token) =>
    {
        byte[] bytes = await (order.Voice == "ryan" ? Emulator.DraftVoice.SpeakAsync(order, token) : TinyVoice.SpeakLongerAsync(order, token));
        _made.Add(bytes);
        return bytes;
    });

    [Theory]
    [InlineData("MP3")]
    [InlineData("WAV")]
    [InlineData("OGG")]
    [InlineData("FLAC")]
    public void Are_off_unless_asked_for_and_then_leave_the_audio_as_it_is(string format)
    {
        SpeechRow row = Hello with { OutputFormat = format };
        TtsSpeech plain = Assert.Single(Spoken(row));
        byte[] made = Assert.Single(_made);
        Assert.Equal(made, File.ReadAllBytes(plain.Path!));
        Assert.DoesNotContain("\"tags\"", File.ReadAllText(LedgerLocation.FileIn(_folder.Path)), StringComparison.Ordinal);

        TtsSpeech tagged = Assert.Single(Spoken(row with { Id = "tagged", Text = "Hello there, tags", Tag = Night }));
        Assert.Equal(("Completed", 2, new FileInfo(tagged.Path!).Length), (tagged.Status, _service.Record.ChargedTasks, tagged.Size));
        Assert.True(Has(tagged, "Night = ; é") && Has(tagged, "Nobody"));
        Assert.Empty(tagged.Audio!.Faults);
        byte[] under = _made.Single(bytes => bytes != made);
        string source = Path.Combine(_folder.Path, "under" + Path.GetExtension(tagged.Path));
        File.WriteAllBytes(source, under);
        Assert.Equal(AudioInfoReader.ReadFile(source).Duration, tagged.Duration);
        Assert.Equal(JoinKitchen.Decode(source), JoinKitchen.Decode(tagged.Path!));
    }

    [Theory]
    [InlineData("MP3", 1)]
    [InlineData("WAV", 3)]
    [InlineData("OGG", 1)]
    [InlineData("FLAC", 2)]
    public void Other_ones_cost_nothing_and_ask_nobody(string format, int results)
    {
        SpeechRow row = Hello with { OutputFormat = format, NumberResults = $"{results}", Tag = Night };
        TtsSpeech[] first = Spoken(row);
        short[][] samples = [.. first.Select(s => JoinKitchen.Decode(s.Path!))];
        (int requests, int downloads) = (_service.Record.Requests, _service.Record.Downloads);

        foreach (Hashtable? same in new[] { Night, new Hashtable { ["ARTIST"] = "Nobody ", ["Title"] = "Night = ; é", ["album"] = "" }, null, [] })
            Assert.Equal(first.Select(s => (s.Path, s.Size, (string?)"Unchanged")), Spoken(row with { Tag = same }).Select(s => (s.Path, s.Size, s.Status)));
        TtsSpeech[] other = Spoken(row with { Tag = Day });
        Assert.All(other, s => Assert.Equal((true, false, "Unchanged", 0m), (Has(s, "Day"), Has(s, "Nobody"), s.Status, s.Cost)));
        Assert.Equal(first.Select(s => (s.Path, s.TaskUUID, s.AudioUUID, s.Duration)), other.Select(s => (s.Path, s.TaskUUID, s.AudioUUID, s.Duration)));
        Assert.Equal(samples, other.Select(s => JoinKitchen.Decode(s.Path!)));
        Assert.Equal(other.Select(s => s.Size), Spoken(row with { Tag = Day }).Select(s => s.Size));
        Assert.All(Spoken(row with { Tag = Night }), s => Assert.True(Has(s, "Nobody")));
        Assert.Equal((requests, downloads, 1), (_service.Record.Requests, _service.Record.Downloads, _service.Record.ChargedTasks));
        Assert.Equal(results, _folder.Files.Length);
        Assert.Equal("Saved", Assert.Single(LedgerReader.Read(_folder.Path)).Status);
    }

    /// <summary>The file is there, and that is enough, whatever became of a later task.</summary>
    [Theory]
    [InlineData("a later one was killed")]
    [InlineData("a later one failed")]
    [InlineData("it was saved before all was known")]
    public void Other_ones_cost_nothing_whatever_the_last_word_about_the_row_is(string last)
    {
        Assert.Single(Spoken(Hello));
        LedgerEvent later = Past.Submitted(Hello, Guid.NewGuid());
        LedgerEvent saved = Past.Read(_folder.Path).Single(e => e.Event == LedgerEventKind.Saved);
        if (last.StartsWith("it", StringComparison.Ordinal))
            Past.Cut(_folder.Path, e => e.Event == LedgerEventKind.Submitted);
        Past.Write(_folder.Path, last switch { "a later one was killed" => [later], "a later one failed" => [later, later with { Event = LedgerEventKind.Failed }], _ => [saved with { Results = null }] });
        int requests = _service.Record.Requests;
        Assert.True(Has(Assert.Single(Spoken(Hello with { Tag = Day })), "Day"));
        Assert.Equal((requests, 1), (_service.Record.Requests, _service.Record.ChargedTasks));
    }

    [Fact]
    public void What_is_missing_of_several_comes_again_with_the_new_ones()
    {
        SpeechRow row = Hello with { NumberResults = "3", Tag = Night };
        Spoken(row);
        File.Delete(Path.Combine(_folder.Path, "hello-2.mp3"));
        TtsSpeech[] other = Spoken(row with { Tag = Day });
        Assert.All(other, s => Assert.Equal((true, false), (Has(s, "Day"), Has(s, "Nobody"))));
        Assert.Equal((3, 1), (other.Select(s => s.AudioUUID).Distinct().Count(), _service.Record.ChargedTasks));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equal_rows_have_each_their_own_and_one_without_is_what_the_service_sent(bool isGone)
    {
        SpeechRow[] rows = [Hello with { Tag = Night }, Hello with { Id = "day", Tag = Day }];
        TtsSpeech[] tagged = Spoken(rows);
        Assert.Equal([(true, false), (false, true)], tagged.Select(s => (Has(s, "Nobody"), Has(s, "Day"))));
        if (isGone)
            _service.Faults.OnDownload(new Fault.NotFoundDownload(), 9);
        // Another endpoint is not asked for this one's tasks.
        TtsSpeech plain = Assert.Single(Spoken(Service.Quick with { Endpoint = isGone ? "https://elsewhere.example" : null }, Hello with { Id = "plain" }));
        // When there is no other way, at least the tags that were asked for elsewhere are not in it.
        (byte[] made, byte[] file) = (Assert.Single(_made), File.ReadAllBytes(plain.Path!));
        Assert.Equal(isGone ? made[^file.Length..] : made, file);
        Assert.InRange(made.Length - file.Length, 0, 100);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Two_rows_cannot_give_one_file_theirs()
    {
        List<BatchEvent> events = _service.Run([Hello with { Tag = Night }, Hello with { Tag = Night }, Hello with { Tag = Day }, Hello], _folder.Path);
        Assert.Equal(["Completed", "Unchanged"], events.Spoken().Select(s => s.Status));
        Assert.Equal(["OutputPathTaken", "OutputPathTaken"], events.Errors().Select(e => e.ErrorId));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("MP3")]
    [InlineData("WAV")]
    [InlineData("OGG")]
    [InlineData("FLAC")]
    public void Make_nothing_whole_that_is_cut(string format)
    {
        SpeechRow row = Hello with { OutputFormat = format, Text = "A text that takes some time to be spoken, so that there is something to cut.", Tag = Night };
        _service.Faults.OnDownload(new Fault.ShortDownload(), 2);
        Assert.Equal("AudioInvalid", Assert.Single(_service.Run([row], _folder.Path).Errors()).ErrorId);
        Assert.Empty(_folder.Files);
        Assert.True(Has(Assert.Single(Spoken(row)), "Nobody"));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("async")]
    [InlineData("webhook")]
    [InlineData("no file")]
    [InlineData("no such tag")]
    [InlineData("many values")]
    public void What_cannot_be_is_refused_before_anything_is_sent(string what)
    {
        SpeechRow row = Hello with { Tag = what switch { "no such tag" => new Hashtable { ["titel"] = "x" }, "many values" => new Hashtable { ["artist"] = new[] { "a", "b" } }, _ => Night } };
        if (what == "webhook")
            row = row with { WebhookUrl = "https://example.org/hook" };
        List<BatchEvent> events = _service.Run([row], what == "no file" ? null : _folder.Path, Service.Quick with { Wait = what != "async" });
        TtsException error = Assert.Single(events.Errors());
        Assert.Equal("InvalidRequest.Tag", error.ErrorId);
        Assert.Contains(what switch { "async" or "webhook" => "Wait-TtsTask", "no file" => "-OutputDirectory", "no such tag" => "title, artist", _ => "artist" }, error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (_service.Record.Requests, _folder.Files.Length));
    }

    [Fact]
    public void Of_a_split_text_are_the_whole_files_and_other_ones_need_no_part()
    {
        BatchOptions split = Service.Quick with { Split = true, Subtitle = "srt" };
        string text = string.Join(" ", Enumerable.Range(0, 60).Select(s => $"Sentence {s} of this paragraph is neither long nor short."));
        SpeechRow book = new() { Id = "book", Text = text, OutputFormat = "WAV", Tag = Night };
        int parts = TextSplitter.Split(text).Count();
        TtsSpeech first = Assert.Single(Spoken(split, book));
        Assert.True(Has(first, "Nobody"));
        string folder = first.Path + ".parts";
        Assert.Equal(parts, Directory.GetFiles(folder).Length);
        Assert.All(Directory.GetFiles(folder), part => Assert.Contains(_made, bytes => bytes.SequenceEqual(File.ReadAllBytes(part))));
        Assert.Equal(("Unchanged", first.Size), (Assert.Single(Spoken(split, book)).Status, first.Size));

        Directory.Delete(folder, recursive: true);
        int requests = _service.Record.Requests;
        TtsSpeech other = Assert.Single(Spoken(split, book with { Tag = Day }));
        Assert.Equal((true, false, "Unchanged", 0m, first.Duration), (Has(other, "Day"), Has(other, "Nobody"), other.Status, other.Cost, other.Duration));
        Assert.Equal(JoinKitchen.Decode(first.Path!), JoinKitchen.Decode(other.Path!));
        Assert.Equal((requests, parts), (_service.Record.Requests, _service.Record.ChargedTasks));
        Assert.Equal("book", LedgerReader.Read(_folder.Path).Single(e => e.Path == other.Path).Id);

        // Its subtitles are still its own.
        Assert.Single(Spoken(split, book with { Text = text + "\n\nAnd more." }));
        Assert.Contains("And more.", File.ReadAllText(Path.ChangeExtension(first.Path!, ".srt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Are_written_by_who_waits_and_other_ones_ask_nobody()
    {
        TtsTask task = _service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        TtsSpeech Wait(Hashtable? tags) => Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task)], _folder.Path, tags: tags).Spoken());
        TtsSpeech first = Wait(Night);
        Assert.Equal(("Completed", true), (first.Status, Has(first, "Nobody")));
        (int requests, int downloads) = (_service.Record.Requests, _service.Record.Downloads);
        Assert.Equal(("Unchanged", first.Size), (Wait(null).Status, Wait(Night).Size));
        TtsSpeech other = Wait(Day);
        Assert.Equal(("Unchanged", true, false), (other.Status, Has(other, "Day"), Has(other, "Nobody")));
        // And who speaks the row again finds them.
        Assert.Equal(("Unchanged", other.Size), (Assert.Single(Spoken(Hello with { Tag = Day })).Status, other.Size));
        Assert.True(Has(Assert.Single(Spoken(Hello with { Tag = Night })), "Nobody"));
        Assert.Equal((requests, downloads, 1), (_service.Record.Requests, _service.Record.Downloads, _service.Record.ChargedTasks));
    }

    [Fact]
    public void Have_no_place_where_a_task_has_no_file()
    {
        TtsTask task = _service.Run([Hello], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        int requests = _service.Record.Requests;
        Assert.Equal("InvalidRequest.Tag", Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task)], null, tags: Night).Errors()).ErrorId);
        Assert.Equal(requests, _service.Record.Requests);
    }

    [Theory]
    [InlineData("URL", "MP3")]
    [InlineData("base64Data", "FLAC")]
    public void Are_written_by_who_saves(string outputType, string format)
    {
        TtsSpeech unsaved = Assert.Single(_service.Run([Hello with { OutputType = outputType, OutputFormat = format }]).Spoken());
        using SaveBatch batch = new(_service.Endpoint);
        batch.Add(unsaved, null, new OutputPlanner(_folder.Path, force: false, Path.GetFullPath), null, AudioTags.Read(Night));
        TtsSpeech saved = Assert.Single(batch.Take(all: true, default).Spoken());
        Assert.Equal((true, new FileInfo(saved.Path!).Length), (Has(saved, "Nobody"), saved.Size));
    }

    [Fact]
    public void Of_a_draft_are_as_those_of_the_service()
    {
        SpeechRow row = Hello with { OutputFormat = "WAV", Tag = Night };
        TtsSpeech draft = Assert.Single(Batches.Run(new OfflineProvider(), [row], _folder.Path, Service.Quick).Spoken());
        Assert.Equal(("Completed", true), (draft.Status, Has(draft, "Nobody")));
        TtsSpeech other = Assert.Single(Batches.Run(new OfflineProvider(), [row with { Tag = Day }], _folder.Path, Service.Quick).Spoken());
        Assert.Equal(("Unchanged", true, draft.Duration), (other.Status, Has(other, "Day"), other.Duration));
    }

    private static bool Has(TtsSpeech speech, string words) => File.ReadAllBytes(speech.Path!).AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    private TtsSpeech[] Spoken(params SpeechRow[] rows) => Spoken(Service.Quick, rows);

    private TtsSpeech[] Spoken(BatchOptions options, params SpeechRow[] rows)
    {
        List<BatchEvent> events = _service.Run(rows, _folder.Path, options);
        Assert.True(events.Errors().Length == 0, string.Join("\n", events.Errors().Select(e => e.Message)));
        return events.Spoken();
    }
}
