using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Tests.Ledger;

namespace RunwareTts.Tests.Batch;

/// <summary>A run that ended somewhere, and the next one: it asks before it sends, and pays for nothing that was paid for.</summary>
public sealed class ResumeTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakAsync);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_written_down_and_never_left_is_sent_under_its_id(bool wait)
    {
        Guid task = Guid.NewGuid();
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        List<BatchEvent> events = _service.Run([Hello], _folder.Path, Service.Quick with { Wait = wait });
        Assert.Equal([task], wait ? events.Spoken().Select(s => s.TaskUUID!.Value) : events.OfType<BatchEvent.TaskSubmitted>().Select(e => e.Task.TaskUUID));
        Assert.Equal([task], Sent("audioInference"));
        Assert.Equal(wait ? (1, 1) : (0, 0), (Sent("getResponse").Length, Sent("getTaskDetails").Length));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task What_has_arrived_is_fetched_and_not_sent(bool isAccepted, int results)
    {
        SpeechRow row = Hello with { NumberResults = $"{results}" };
        Guid task = await SendAsync(row);
        Past.Write(_folder.Path, Past.Submitted(row, task), Past.Submitted(row, task) with { Event = isAccepted ? LedgerEventKind.Accepted : LedgerEventKind.Submitted });
        TtsSpeech[] spoken = _service.Run([row], _folder.Path).Spoken();
        Assert.Equal(Enumerable.Repeat((task, "Completed"), results), spoken.Select(s => (s.TaskUUID!.Value, s.Status!)));
        Assert.Equal(results, _folder.Files.Length);
        Assert.Equal((1, 0), (Sent("audioInference").Length, Sent("getTaskDetails").Length));
    }

    [Fact]
    public async Task What_is_still_worked_on_is_waited_for()
    {
        await using Service slow = await Service.StartAsync(new EmulatorOptions { TaskTime = TimeSpan.FromMilliseconds(700) }, TinyVoice.SpeakAsync);
        Guid task = Guid.NewGuid();
        await slow.Provider().SubmitAsync(task, Past.Request(Hello), wait: false, CancellationToken.None);
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        TtsSpeech speech = Assert.Single(slow.Run([Hello], _folder.Path).Spoken());
        Assert.Equal((task, "Completed"), (speech.TaskUUID, speech.Status));
        Assert.True(speech.Cost > 0);
        Assert.Equal(1, slow.Record.TaskCounts["audioInference"]);
    }

    [Fact]
    public async Task What_the_service_has_forgotten_is_found_in_its_archive()
    {
        Guid task = await SendAsync(Hello);
        Assert.Equal(1, _service.Forget());
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        Assert.Equal(task, Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).TaskUUID);
        Assert.Equal((1, 1, 1), (Sent("audioInference").Length, Sent("getResponse").Length, Sent("getTaskDetails").Length));
    }

    [Theory]
    [InlineData("inferenceError", true)]
    [InlineData("invalidText", false)]
    public async Task What_failed_at_the_service_is_told_or_spoken_by_a_new_task(string code, bool isSpokenAnew)
    {
        Guid task = Guid.NewGuid();
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) => new Answer(n == 1
            ? $$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"error","error":{"code":"{{code}}","message":"m"} }]}"""
            : $$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioURL":"https://x.example/a.mp3","cost":0.0001}]}"""));
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        List<BatchEvent> events = Batches.Run(service.Provider, [Hello], null, Service.Quick, ledger);
        if (isSpokenAnew)
            Assert.NotEqual(task, Assert.Single(events.Spoken()).TaskUUID);
        else
            Assert.Equal($"Runware.{code}", Assert.Single(events.Errors()).ErrorId);
        Assert.Equal(isSpokenAnew ? 2 : 1, service.Requests);
    }

    [Fact]
    public void What_failed_in_an_earlier_run_is_a_new_task_now()
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"invalidThing","message":"m"}]}""", 400));
        Assert.Single(_service.Run([Hello], _folder.Path).Errors());
        TtsSpeech speech = Assert.Single(_service.Run([Hello], _folder.Path).Spoken());
        Assert.Equal((2, 0), (Sent("audioInference").Distinct().Count(), Sent("getResponse").Length));
        Assert.Equal(["Failed", "Saved"], LedgerReader.Read(_folder.Path).Select(e => e.Status));
        Assert.Equal(speech.TaskUUID, LedgerReader.Read(_folder.Path).Last().TaskUUID);
    }

    [Fact]
    public async Task What_was_sent_elsewhere_is_a_new_task_here()
    {
        Guid task = await SendAsync(Hello);
        Past.Write(_folder.Path, Past.Submitted(Hello, task) with { Endpoint = "https://elsewhere.example/v1" });
        Assert.NotEqual(task, Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Endpoint = _service.Endpoint.OriginalString }).Spoken()).TaskUUID);
        Assert.Empty(Sent("getResponse"));
    }

    [Fact]
    public async Task A_task_that_cannot_be_asked_for_is_not_paid_again_and_named()
    {
        Guid task = await SendAsync(Hello);
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        _service.Faults.OnPoll(new Fault.Status(500), 5);
        TtsException error = Assert.Single(_service.Run([Hello], _folder.Path).Errors());
        Assert.Equal(task, error.TaskUUID);
        Assert.Contains($"Wait-TtsTask -TaskUUID {task}", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, _service.Record.ChargedTasks);
        Assert.Single(_service.Run([Hello], _folder.Path).Spoken());
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public async Task A_row_whose_time_is_over_while_its_task_is_asked_for_is_an_error_that_names_it()
    {
        Guid task = await SendAsync(Hello);
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        _service.Faults.OnPoll(new Fault.Status(429, RetryAfter: "3"), 5);
        TtsException error = Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Timeout = TimeSpan.FromSeconds(0.5) }).Errors());
        Assert.Equal(("TaskTimeout", task), (error.ErrorId, error.TaskUUID));
    }

    [Fact]
    public async Task A_row_whose_time_is_over_before_a_new_task_can_do_better_is_the_error_of_the_first()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"errors":[{"code":"inferenceError","message":"m","taskUUID":"{{id}}"}]}""") { Headers = [("Retry-After", "60")] });
        List<BatchEvent> events = Batches.Run(service.Provider, [Hello], null, Service.Quick with { Timeout = TimeSpan.FromSeconds(1.5) });
        Assert.Equal("Runware.inferenceError", Assert.Single(events.Errors()).ErrorId);
    }

    [Fact]
    public void An_async_row_that_was_accepted_before_costs_no_request()
    {
        TtsTask first = Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>()).Task;
        int requests = _service.Record.Requests;
        TtsTask again = Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>()).Task;
        Assert.Equal((first.TaskUUID, "Processing", requests), (again.TaskUUID, again.Status, _service.Record.Requests));

        // And is waited for by a row that waits.
        Assert.Equal(first.TaskUUID, Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).TaskUUID);
        TtsTask done = Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>()).Task;
        Assert.Equal((first.TaskUUID, "Completed"), (done.TaskUUID, done.Status));
        Assert.Single(Sent("audioInference"));
    }

    [Fact]
    public async Task An_async_row_that_had_arrived_is_known_by_the_conflict()
    {
        Guid task = await SendAsync(Hello);
        Past.Write(_folder.Path, Past.Submitted(Hello, task));
        Assert.Equal(task, Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>()).Task.TaskUUID);
        Assert.Equal([task, task], Sent("audioInference"));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    private async Task<Guid> SendAsync(SpeechRow row)
    {
        Guid task = Guid.NewGuid();
        await _service.Provider().SubmitAsync(task, Past.Request(row), wait: true, CancellationToken.None);
        return task;
    }

    private Guid[] Sent(string type) => _service.Sent(type);
}
