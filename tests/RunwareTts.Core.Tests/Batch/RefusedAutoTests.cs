using System.Text.Json;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A service that refuses the voice auto.</summary>
public sealed class RefusedAutoTests : IAsyncLifetime
{
    private const string Ryan = "ryan";
    private readonly TempFolder _folder = new();
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync(
        new EmulatorOptions { Switches = new EmulatorSwitches { RefuseAuto = true } }, TinyVoice.SpeakAsync);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Rows_in_flight_are_each_sent_again_once_with_one_warning()
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, 24).Select(i => new SpeechRow { Text = $"Row {i}.", Id = $"{i}" })];
        List<BatchEvent> events = _service.Run(rows, _folder.Path, Service.Quick with { ThrottleLimit = 16 });
        TtsSpeech[] speeches = events.Spoken();
        Assert.Equal(24, speeches.Length);
        Assert.All(speeches, s => Assert.Equal(Ryan, s.Voice));
        Assert.Equal(24, _service.Record.ChargedTasks);
        Guid[] sent = _service.Sent("audioInference");
        Assert.InRange(sent.Length, 25, 24 + 16);
        Assert.Equal(24, sent.Distinct().Count());
        string warning = Assert.Single(events.OfType<BatchEvent.Warned>()).Message;
        Assert.Contains("'ryan'", warning, StringComparison.Ordinal);
        Assert.Contains("-Voice", warning, StringComparison.Ordinal);
        Assert.All(LedgerReader.Read(_folder.Path), e => Assert.Equal(Ryan, e.Voice));
    }

    [Fact]
    public void Each_row_gets_a_voice_of_its_language()
    {
        SpeechRow[] rows =
        [
            new() { Text = "Guten Morgen.", Language = "de" },
            new() { Text = "おはようございます。" },
            new() { Text = "안녕하세요." },
            new() { Text = "Good morning.", Language = "Chinese" },
            new() { Text = "Good morning.", Voice = "vivian" },
        ];
        Assert.Equal([Ryan, "ono_anna", "sohee", "serena", "vivian"], _service.Run(rows).Spoken().Select(s => s.Voice!));
    }

    [Fact]
    public void A_connection_remembers_the_refusal_and_each_pipeline_warns()
    {
        BatchOptions options = Service.Quick with { Auto = new AutoRefusal() };
        _service.Run([new() { Text = "One." }], null, options);
        List<BatchEvent> second = _service.Run([new() { Text = "Two." }, new() { Text = "Three." }], null, options);
        Assert.Single(second.OfType<BatchEvent.Warned>());
        Assert.Equal(4, _service.Sent("audioInference").Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rerun_is_unchanged_whether_auto_is_refused_that_day_or_not(bool refuses)
    {
        SpeechRow row = new() { Text = "Unchanged.", Id = "a" };
        TtsSpeech first = Assert.Single(_service.Run([row], _folder.Path).Spoken());
        await SwitchAsync(refuses);
        int sent = _service.Record.Requests;
        // The result as a row again names the voice that spoke.
        foreach (SpeechRow again in new[] { row, row with { Voice = first.Voice } })
        {
            List<BatchEvent> events = _service.Run([again], _folder.Path);
            TtsSpeech speech = Assert.Single(events.Spoken());
            Assert.Equal(("Unchanged", Ryan, first.Path), (speech.Status, speech.Voice, speech.Path));
            Assert.Empty(events.OfType<BatchEvent.Warned>());
        }

        Assert.Equal(sent, _service.Record.Requests);
    }

    [Fact]
    public void Another_voice_than_the_chosen_one_is_another_request()
    {
        SpeechRow row = new() { Text = "Another.", Id = "a" };
        _service.Run([row], _folder.Path);
        TtsSpeech other = Assert.Single(_service.Run([row with { Voice = "aiden" }], _folder.Path).Spoken());
        Assert.Equal(("Completed", "aiden"), (other.Status, other.Voice));
    }

    [Fact]
    public void A_task_that_is_waited_for_elsewhere_says_which_voice_spoke()
    {
        List<BatchEvent> events = _service.Run(
            [new() { Text = "Later.", Id = "a" }], _folder.Path, Service.Quick with { Wait = false });
        TtsTask task = Assert.Single(events.OfType<BatchEvent.TaskSubmitted>()).Task;
        Assert.Equal(Ryan, task.Voice);
        Assert.Single(events.OfType<BatchEvent.Warned>());
        // By its id alone, as on a command line.
        TaskRow row = new() { TaskUUID = task.TaskUUID.ToString(), Id = "a", NumberResults = "1" };
        Assert.Equal(Ryan, Assert.Single(Waits.Run(_service.Provider(), [row], _folder.Path).Spoken()).Voice);
        TtsSpeech again = Assert.Single(_service.Run([new() { Text = "Later.", Id = "a" }], _folder.Path).Spoken());
        Assert.Equal(("Unchanged", Ryan), (again.Status, again.Voice));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void All_parts_of_a_text_have_the_voice_of_its_language()
    {
        string text = string.Join("\n\n", Enumerable.Range(1, 6).Select(n =>
            n == 3 ? $"Only this part is English, {new string('x', 900)}." : new string('あ', 600) + "。"));
        BatchOptions split = Service.Quick with { Split = true };
        SpeechRow row = new() { Text = text, OutputPath = "book.wav" };
        List<BatchEvent> events = _service.Run([row], _folder.Path, split);
        TtsSpeech book = Assert.Single(events.Spoken());
        Assert.Equal("ono_anna", book.Voice);
        Assert.Single(events.OfType<BatchEvent.Warned>(), w => w.Message.Contains("refuses", StringComparison.Ordinal));
        Assert.All(_service.Record.Tasks.Where(t => t.TaskType == "audioInference").Select(VoiceOf),
            voice => Assert.Contains(voice, new[] { "auto", "ono_anna" }));
        TtsSpeech again = Assert.Single(_service.Run([row with { Voice = book.Voice }], _folder.Path, split).Spoken());
        Assert.Equal(("Unchanged", "ono_anna"), (again.Status, again.Voice));
    }

    [Fact]
    public void A_lost_answer_before_the_refusal_keeps_the_id()
    {
        _service.Faults.OnSubmit(new Fault.Status(500));
        Assert.Equal(Ryan, Assert.Single(_service.Run([new() { Text = "Lost." }], _folder.Path).Spoken()).Voice);
        Assert.Equal(3, _service.Sent("audioInference").Length);
        Assert.Single(_service.Sent("audioInference").Distinct());
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_dry_run_gives_the_price_and_the_voice()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        using ValidationBatch batch = new(_service.Provider(), new OutputPlanner(null, false, Path.GetFullPath, ledger),
            ledger, Service.Quick, remote: true);
        SpeechRow row = new() { Text = "How much is this?" };
        batch.Add(row, row, row);
        BatchEvent[] events = [.. batch.Take(all: true, CancellationToken.None)];
        TtsValidation found = Assert.Single(events.OfType<BatchEvent.Validated>()).Validation;
        Assert.Equal((true, "Service", Ryan), (found.IsValid, found.PriceSource, found.Voice));
        Assert.Single(events.OfType<BatchEvent.Warned>());
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("""{"code":"invalidValue","message":"No.","parameter":"speech.voice","allowedValues":["ryan"]}""", 400, true)]
    [InlineData("""{"code":"invalidValue","message":"No.","parameter":["speech.voice"]}""", 400, true)]
    [InlineData("""{"code":"unsupportedVoice","message":"No.","parameter":"voice"}""", 200, true)]
    [InlineData("""{"code":"invalidValue","message":"No.","parameter":"speech.text"}""", 400, false)]
    [InlineData("""{"code":"internalServerError","message":"No.","parameter":"speech.voice"}""", 500, false)]
    [InlineData("""{"code":"conflictTaskUUID","message":"No.","parameter":"speech.voice"}""", 400, false)]
    public void Only_a_refusal_that_names_the_voice_counts(string error, int status, bool refuses)
    {
        using JsonDocument read = JsonDocument.Parse(error);
        RunwareException e = RunwareException.From(
            WireError.Read(read.RootElement, Guid.NewGuid(), new WireContext(status)));
        Assert.Equal(refuses, e.VoicesAllowed is not null);
    }

    private static string? VoiceOf(SeenTask task)
    {
        using JsonDocument json = JsonDocument.Parse(task.Json);
        return json.RootElement.GetProperty("speech").GetProperty("voice").GetString();
    }

    private async Task SwitchAsync(bool refuses)
    {
        using HttpClient http = new();
        using StringContent switches = new(refuses ? """{"refuseAuto":true}""" : """{"refuseAuto":false}""");
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"{_service.Control}switches"), switches);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
