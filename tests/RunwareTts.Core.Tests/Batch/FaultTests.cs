using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Nothing is paid for twice, nothing paid for is lost.</summary>
public sealed class FaultTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakAsync);

    [Fact]
    public void A_poll_that_fails_is_no_failed_task()
    {
        _service.Faults.OnSubmit(new Fault.CutAnswer());
        _service.Faults.OnPoll(new Fault.Status(500));
        _service.Faults.OnPoll(new Fault.Html());
        _service.Faults.OnPoll(new Fault.Empty());
        Assert.Single(_service.Run([Hello]).Spoken());
        Assert.Equal(0, _service.Faults.Pending);
    }

    [Theory]
    [InlineData(typeof(Fault.CutDownload))]
    [InlineData(typeof(Fault.HtmlDownload))]
    public void A_broken_download_is_fetched_again_and_leaves_no_half_file(Type fault)
    {
        _service.Faults.OnDownload((Fault)Activator.CreateInstance(fault)!, 2);
        Assert.Single(_service.Run([Hello], _folder.Path).Spoken());
        Assert.Equal(["hello.mp3"], _folder.Files);
        Assert.Equal(3, _service.Record.Downloads);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData(typeof(Fault.HtmlDownload), 3)]
    [InlineData(typeof(Fault.NotFoundDownload), 3)]
    public void A_download_that_cannot_be_had_leads_back_to_what_was_paid_for(Type fault, int times)
    {
        _service.Faults.OnDownload((Fault)Activator.CreateInstance(fault)!, times);
        TtsException error = Assert.Single(_service.Run([Hello], _folder.Path).Errors());
        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Equal(0.0002m, error.Speech!.Cost);
        Assert.NotNull(error.Speech.AudioUrl);
        Assert.Contains($"Wait-TtsTask -TaskUUID {error.Speech.TaskUUID}", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);

        List<BatchEvent> again = Waits.Run(_service.Provider(), [new TaskRow { TaskUUID = error.Speech.TaskUUID.ToString(), Id = "hello" }], _folder.Path);
        Assert.Empty(again.Errors().Select(e => e.Message));
        TtsSpeech speech = Assert.Single(again.Spoken());
        Assert.Equal(["hello.mp3"], _folder.Files);
        Assert.Equal(1, _service.Record.ChargedTasks);
        Assert.Equal(error.Speech.TaskUUID, speech.TaskUUID);
    }

    [Fact]
    public void A_wrong_key_ends_the_batch_with_one_error_and_nothing_written()
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, 50).Select(i => Hello with { Id = $"row{i}" })];
        List<BatchEvent> events = _service.Run(rows, _folder.Path, key: "wrong");
        Assert.Empty(events.Spoken());
        Assert.All(events.Errors(), e => Assert.Equal(("Runware.invalidApiKey", true, TtsErrorKind.AuthenticationError), (e.ErrorId, e.EndsPipeline, e.Kind)));
        Assert.InRange(_service.Record.Requests, 1, 8);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_host_that_never_answers_is_tried_three_times_and_ends_the_batch()
    {
        using ClosedPort nowhere = new();
        ISpeechProvider provider = Nobody(nowhere);
        TtsException[] errors = Batches.Run(provider, [.. Enumerable.Repeat(Hello, 30)], null, Service.Quick with { ThrottleLimit = 2 }).Errors();
        Assert.All(errors, e => Assert.Equal(("ServiceUnreachable", true), (e.ErrorId, e.EndsPipeline)));
        Assert.InRange(errors.Length, 1, 3);
        Assert.Contains("Tried 3 times", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_balance_lets_those_in_flight_come_home()
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, 20).Select(i => new SpeechRow { Text = "Row " + i, Id = $"row{i:00}" })];
        // Longer than a busy machine needs to take notice of the error.
        _service.Faults.OnSubmit(new Fault.Slow(TimeSpan.FromSeconds(2)));
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"insufficientCredits","message":"m"}]}""", 402));
        List<BatchEvent> events = _service.Run(rows, _folder.Path, Service.Quick with { ThrottleLimit = 2 });
        Assert.Equal(["Runware.insufficientCredits"], events.Errors().Select(e => e.ErrorId));
        Assert.Equal(_service.Record.ChargedTasks, events.Spoken().Length);
        Assert.InRange(events.Spoken().Length, 1, 3);
    }

    [Fact]
    public void A_host_that_never_answers_a_poll_ends_the_wait_with_one_error()
    {
        using ClosedPort nowhere = new();
        TtsException[] errors = Waits.Run(Nobody(nowhere), [new TaskRow { TaskUUID = Guid.NewGuid().ToString() }], null).Errors();
        Assert.Equal(("ServiceUnreachable", true), (Assert.Single(errors).ErrorId, errors[0].EndsPipeline));
    }

    [Fact]
    public async Task A_task_that_takes_too_long_can_be_waited_for_again()
    {
        TaskCompletionSource voice = new();
        await using Service slow = await Service.StartAsync(speak: async (order, token) =>
        {
            await voice.Task;
            return await TinyVoice.SpeakAsync(order, token);
        });
        TtsTask task = slow.Run([Hello], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        BatchOptions impatient = Service.Quick with { Timeout = TimeSpan.FromSeconds(0.1) };
        TtsException error = Assert.Single(Waits.Run(slow.Provider(), [Waits.RowOf(task)], null, impatient).Errors());
        Assert.Equal(("TaskTimeout", TtsErrorKind.OperationTimeout), (error.ErrorId, error.Kind));
        Assert.Contains(task.TaskUUID.ToString(), error.Message, StringComparison.Ordinal);
        voice.SetResult();
        Assert.Single(Waits.Run(slow.Provider(), [Waits.RowOf(task)], null).Spoken());
    }

    [Fact]
    public void An_id_that_the_service_does_not_know_is_given_up()
    {
        TtsException error = Assert.Single(Waits.Run(_service.Provider(), [new TaskRow { TaskUUID = Guid.NewGuid().ToString() }], null, Service.Quick with { UnknownAfter = TimeSpan.FromSeconds(0.1) }).Errors());
        Assert.Equal("TaskUnknown", error.ErrorId);
    }

    [Fact]
    public async Task No_more_tasks_are_in_flight_than_allowed_and_order_is_kept()
    {
        await using Service slow = await StartAsync(TimeSpan.FromMilliseconds(100));
        SpeechRow[] rows = [.. Enumerable.Range(0, 24).Select(i => new SpeechRow { Text = $"Row {i}", Id = $"{i}", Speed = i % 3 == 0 ? "1" : "1.5" })];
        TtsSpeech[] speeches = slow.Run(rows, null, Service.Quick with { ThrottleLimit = 3 }).Spoken();
        Assert.Equal(rows.Select(r => r.Id), speeches.Select(s => s.Id));
        Assert.Equal(3, slow.Record.PeakConcurrency);
    }

    [Fact]
    public async Task Many_tasks_are_polled_by_one_request()
    {
        await using Service slow = await StartAsync(TimeSpan.FromMilliseconds(400));
        SpeechRow[] rows = [.. Enumerable.Range(0, 20).Select(i => new SpeechRow { Text = $"Row {i}", Id = $"{i}" })];
        TaskRow[] tasks = [.. slow.Run(rows, null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Select(e => Waits.RowOf(e.Task))];
        int before = slow.Record.Requests;
        Assert.Equal(20, Waits.Run(slow.Provider(), tasks, null, Service.Quick with { FirstPoll = TimeSpan.FromMilliseconds(600) }).Spoken().Length);
        // One by one they would be twenty at the least.
        Assert.InRange(slow.Record.Requests - before, 1, 19);
    }

    private static Task<Service> StartAsync(TimeSpan taskTime) =>
        Service.StartAsync(new EmulatorOptions { TaskTime = taskTime }, TinyVoice.SpeakAsync);

    private static RunwareProvider Nobody(ClosedPort port) =>
        new(new RunwareClient(new Uri($"http://127.0.0.1:{port.Port}/v1"), ApiKey.From("k")));
}
