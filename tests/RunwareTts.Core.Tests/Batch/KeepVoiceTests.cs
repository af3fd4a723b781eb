using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Batch;

/// <summary>-KeepVoice: one description, one voice, cast once for ever.</summary>
public sealed class KeepVoiceTests : EmulatorTest
{
    private const string Announcer = "A weathered old announcer, calm and slow";
    private const string Girl = "A bright young girl who laughs";

    private static readonly string Name = KeptName.Of(Announcer);
    private static readonly BatchOptions Keep = Service.Quick with { KeepVoice = true };

    private int _spoken;

    private string Voices => Path.Combine(_folder.Path, "voices");

    // VoiceDesign makes another speaker at every call.
    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: async (order, token) =>
    {
        byte[] wav = await DraftVoice.SpeakAsync(order, token);
        wav[^1] ^= (byte)Interlocked.Increment(ref _spoken);
        return wav;
    });

    [Fact]
    public void A_book_of_thirty_parts_is_spoken_by_one_voice_that_is_cast_once()
    {
        TtsSpeech[] spoken = Spoken(Book);
        Assert.Equal(30, spoken.Length);
        Assert.All(spoken, s => Assert.Equal(("Base", Name, Announcer), (s.Model, s.Voice, s.VoiceDescription)));
        Assert.Equal(1, Charged("VoiceDesign"));
        Assert.Equal(30, Charged("Base"));
        Assert.Single(_service.Record.Charges.Select(c => c.Clip).OfType<string>().Distinct());
        Assert.Equal([$"{Name}.ttsvoice.json", $"{Name}.wav"], Kept());

        int requests = _service.Record.Requests;
        Assert.All(Spoken(Book), s => Assert.Equal("Unchanged", s.Status));
        Assert.Equal(requests, _service.Record.Requests);
    }

    [Fact]
    public void Each_description_has_its_own_voice_whatever_its_letter_case_and_spacing()
    {
        SpeechRow[] rows =
        [
            Row(1, Announcer), Row(2, Girl), Row(3, $"  {Announcer.ToUpperInvariant().Replace(" ", "  ")} "), Row(4, Girl),
            Row(5, Announcer) with { Language = "de" },
        ];
        TtsSpeech[] spoken = Spoken(rows);
        Assert.Equal([Name, KeptName.Of(Girl), Name, KeptName.Of(Girl), Name], spoken.Select(s => s.Voice));
        Assert.Equal((2, 5), (Charged("VoiceDesign"), Charged("Base")));
    }

    [Fact]
    public void Its_results_are_rows_again_and_cost_nothing()
    {
        TtsSpeech first = Spoken([Row(1, Announcer)])[0];
        SpeechRow again = new()
        {
            Id = first.Id, Text = first.Text, Model = first.Model, Voice = first.Voice, VoiceDescription = first.VoiceDescription,
            OutputFormat = first.OutputFormat,
        };
        foreach (bool keep in new[] { true, false })
        {
            TtsSpeech same = Spoken([again], Keep with { KeepVoice = keep })[0];
            Assert.Equal((first.Path, "Unchanged", Name), (same.Path, same.Status, same.Voice));
        }

        TtsSpeech other = Spoken([again with { Text = "Something else.", Id = "other" }], Keep with { KeepVoice = false })[0];
        Assert.Equal(("Base", Name), (other.Model, other.Voice));
        Assert.Equal((1, 2), (Charged("VoiceDesign"), Charged("Base")));
    }

    [Fact]
    public void Regenerate_keeps_the_voice_and_removing_its_files_casts_another()
    {
        Spoken([Row(1, Announcer)]);
        Spoken([Row(1, Announcer)], Keep with { Regenerate = true });
        Assert.Equal((1, 2), (Charged("VoiceDesign"), Charged("Base")));

        Directory.Delete(Voices, recursive: true);
        TtsSpeech anew = Spoken([Row(1, Announcer)])[0];
        Assert.Equal((2, 3), (Charged("VoiceDesign"), Charged("Base")));
        Assert.Equal("Completed", anew.Status);
    }

    [Fact]
    public void A_voice_that_was_cast_and_not_kept_is_not_cast_again()
    {
        Spoken([Row(1, Announcer)]);
        // As after a kill before the voice is written.
        File.Delete(Path.Combine(Voices, $"{Name}.ttsvoice.json"));
        Spoken([Row(2, Announcer)]);
        // As after a kill before the clip has its name.
        Directory.Delete(Voices, recursive: true);
        string ledger = Path.Combine(_folder.Path, "tts-ledger.jsonl");
        File.WriteAllLines(ledger, File.ReadAllLines(ledger).Where(line => !line.Contains("\"seen\"", StringComparison.Ordinal)));
        Spoken([Row(3, Announcer.ToUpperInvariant()) with { Language = "de" }]);
        Assert.Equal((1, 3), (Charged("VoiceDesign"), Charged("Base")));
        Assert.Single(_service.Record.Charges.Select(c => c.Clip).OfType<string>().Distinct());
        Assert.Equal([$"{Name}.ttsvoice.json", $"{Name}.wav"], Kept());
    }

    [Fact]
    public void The_casting_counts_in_the_estimate_of_its_first_row_and_in_the_budget()
    {
        using (TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path))
        {
            RowPlanner planner = new(_service.Provider(), Files(ledger), ledger, Keep, VoiceSources.None);
            decimal?[] costs = [.. new[] { Row(1, Announcer), Row(2, Announcer) }.Select(row => planner.Plan(row, null, null).Estimate?.Usd)];
            decimal text = 0.015m * Row(1, Announcer).Text!.Length / 1000;
            Assert.Equal(Math.Max(0.0001m, Math.Round(text, 4)), costs[1]);
            Assert.True(costs[0] > costs[1] * 2, $"{costs[0]} beside {costs[1]}");
        }

        TtsException error = Assert.Single(_service.Run([Row(1, Announcer)], _folder.Path, Keep with { MaxCost = 0.0001m }).Errors());
        Assert.Equal("BudgetReached", error.ErrorId);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_row_without_any_folder_is_refused()
    {
        TtsException error = Assert.Single(_service.Run([Row(1, Announcer) with { Id = null }], null, Keep).Errors());
        Assert.Equal("InvalidRequest.KeepVoice", error.ErrorId);
        Assert.Contains("-OutputDirectory", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void The_parts_of_a_long_text_have_one_voice_which_without_a_folder_is_kept_with_them()
    {
        string text = string.Join("\n\n", Enumerable.Range(0, 6).Select(n => string.Concat(Enumerable.Repeat($"This is sentence {n} of a long book. ", 20))));
        SpeechRow book = new() { Text = text, VoiceDescription = Announcer, OutputFormat = "WAV", OutputPath = Path.Combine(_folder.Path, "book.wav") };
        TtsSpeech joined = Assert.Single(_service.Run([book], null, Keep with { Split = true }).Spoken());
        Assert.True(joined.Parts > 1);
        Assert.Equal((1, joined.Parts), (Charged("VoiceDesign"), Charged("Base")));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "book.wav.parts", $"{Name}.ttsvoice.json")));
    }

    [Fact]
    public void A_casting_that_fails_is_the_error_of_its_rows_and_names_the_voice()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Voices).FullName, $"{Name}.wav"), "mine");
        TtsException error = Assert.Single(_service.Run([Row(1, Announcer)], _folder.Path, Keep).Errors());
        Assert.Equal("OutputExists", error.ErrorId);
        Assert.Contains(Name, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Rows_that_start_without_waiting_wait_for_the_casting_only()
    {
        TtsTask[] tasks = [.. _service.Run([Row(1, Announcer), Row(2, Announcer)], _folder.Path, Keep with { Wait = false })
            .OfType<BatchEvent.TaskSubmitted>().Select(e => e.Task)];
        Assert.Equal(["Base", "Base"], tasks.Select(t => t.Model));
        Assert.Equal([$"{Name}.ttsvoice.json", $"{Name}.wav"], Kept());
    }

    private static IEnumerable<SpeechRow> Book => Enumerable.Range(1, 30).Select(n => Row(n, Announcer));

    private static SpeechRow Row(int n, string description) =>
        new() { Id = $"{n:000}", Text = $"This is part {n} of the book.", VoiceDescription = description, OutputFormat = "WAV" };

    private OutputPlanner Files(TaskLedger ledger) => new(_folder.Path, false, Path.GetFullPath, ledger);

    private string[] Kept() => [.. Directory.GetFiles(Voices).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private int Charged(string model) => _service.Record.Charges.Count(c => c.Model == SpeechCatalog.FindModel(model)!.ModelId);

    private TtsSpeech[] Spoken(IEnumerable<SpeechRow> rows, BatchOptions? options = null)
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        VoiceSources voices = new(new VoiceLibrary([Voices]), new ClipReader(Path.GetFullPath));
        using SpeechBatch batch = new(_service.Provider(), options ?? Keep, Files(ledger), ledger, voices);
        List<BatchEvent> events = [];
        foreach (SpeechRow row in rows)
        {
            batch.Start(batch.Plan(row, row, row));
            events.AddRange(batch.Take(all: false, CancellationToken.None));
        }

        events.AddRange(batch.Take(all: true, CancellationToken.None));
        Assert.Empty(events.Errors().Select(e => e.Message));
        return events.Spoken();
    }
}
