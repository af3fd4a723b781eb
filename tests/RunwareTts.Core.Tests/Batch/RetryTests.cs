using System.Text.Json;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>What is sent again, when, how often, and what never is.</summary>
public sealed class RetryTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };

    public static TheoryData<Fault> Passing =>
    [
        new Fault.Status(429),
        new Fault.Status(429, RetryAfter: "0"),
        new Fault.Status(408),
        new Fault.Status(500),
        new Fault.Status(502),
        new Fault.Status(503),
        new Fault.Status(504),
        new Fault.Html(),
        new Fault.Html(409),
        new Fault.Html(502),
        new Fault.ErrorBody("""{"data":[{"taskType":"""),
        new Fault.Empty(),
        new Fault.ResetBeforeAccept(),
        new Fault.ResetAfterAccept(),
        new Fault.CutAnswer(),
        new Fault.Shaped("half"),
    ];

    public static TheoryData<string, int, bool> Final => new()
    {
        { "invalidText", 400, false },
        { "missingVoice", 400, false },
        { "unsupportedDuration", 400, false },
        { "contentPolicyViolation", 400, false },
        { "somethingOdd", 422, false },
        { "somethingOdd", 404, false },
        { "somethingOdd", 413, false },
        { "invalidApiKey", 401, true },
        { "somethingOdd", 401, true },
        { "accountSuspended", 403, true },
        { "insufficientCredits", 402, true },
        { "somethingOdd", 402, true },
        { "insufficientBalance", 400, true },
    };

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakAsync);

    [Theory]
    [MemberData(nameof(Passing))]
    public void What_passes_is_sent_again_under_the_same_id(Fault fault)
    {
        _service.Faults.OnSubmit(fault, 2);
        Assert.Equal(3, Assert.Single(_service.Run([Hello]).Spoken()).Attempts);
        Assert.Single(_service.Sent("audioInference").Distinct());
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [MemberData(nameof(Final))]
    public void What_no_repeat_would_change_is_sent_once(string code, int status, bool endsPipeline)
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody($$"""{"errors":[{"code":"{{code}}","message":"m"}]}""", status), 9);
        TtsException error = Assert.Single(_service.Run([Hello]).Errors());
        Assert.Equal(($"Runware.{code}", endsPipeline), (error.ErrorId, error.EndsPipeline));
        Assert.Equal(1, _service.Record.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void Six_tries_are_enough(int status)
    {
        _service.Faults.OnSubmit(new Fault.Status(status), 99);
        Assert.Single(_service.Run([Hello], null, Service.Quick with { FirstRetry = TimeSpan.FromMilliseconds(1) }).Errors());
        Assert.Equal(6, _service.Record.Requests);
        Assert.Single(_service.Sent("audioInference").Distinct());
    }

    [Fact]
    public void A_network_that_answered_once_is_tried_until_the_rows_time_is_over()
    {
        BatchOptions options = Service.Quick with { FirstRetry = TimeSpan.FromMilliseconds(2), Timeout = TimeSpan.FromSeconds(1.5) };
        _service.Faults.OnSubmit(new Fault.Status(500));
        _service.Faults.OnSubmit(new Fault.ResetBeforeAccept(), 99);
        TtsException error = Assert.Single(_service.Run([Hello], null, options).Errors());
        Assert.Contains(error.ErrorId, (string[])["ServiceUnreachable", "TaskTimeout"]);
        Assert.False(error.EndsPipeline);
        Assert.NotNull(error.TaskUUID);
        Assert.True(_service.Record.Requests > 3, $"{_service.Record.Requests} requests");
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData(null, 2)]
    public void The_service_is_left_alone_by_all_rows_as_long_as_it_asks(string? seconds, int? date)
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, 12).Select(i => Hello with { Text = $"Row {i}", Id = $"{i}" })];
        TimeSpan? at = date is { } later ? TimeSpan.FromSeconds(later) : null;
        _service.Faults.OnSubmit(new Fault.Status(429, RetryAfter: seconds) { RetryAt = at });
        List<BatchEvent> events = _service.Run(rows, null, Service.Quick with { ThrottleLimit = 1 });
        Assert.Equal(12, events.Spoken().Length);
        DateTimeOffset[] arrived = [.. _service.Record.Tasks.Where(t => t.TaskType == "audioInference").Select(t => t.Arrived)];
        // A date has whole seconds only.
        Assert.True(arrived[1] - arrived[0] >= TimeSpan.FromSeconds(0.95), $"{arrived[1] - arrived[0]}");
        const string Told = "The service is busy: throttle lowered to 1, after ";
        Assert.Contains(events.OfType<BatchEvent.Verbose>(), t => t.Message.StartsWith(Told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fewer_go_at_once_after_a_push_back_and_more_again_when_it_goes_well()
    {
        await using Service slow = await Service.StartAsync(new EmulatorOptions { TaskTime = TimeSpan.FromMilliseconds(20) }, TinyVoice.SpeakAsync);
        slow.Faults.OnSubmit(new Fault.Status(429), 8);
        SpeechRow[] rows = [.. Enumerable.Range(0, 120).Select(i => Hello with { Text = $"Row {i}", Id = $"{i}" })];
        List<BatchEvent> events = slow.Run(rows, null, Service.Quick with { ThrottleLimit = 8 });
        Assert.Equal(120, events.Spoken().Length);
        string[] told = [.. events.OfType<BatchEvent.Verbose>().Select(t => t.Message).Where(m => m.Contains("hrottle ", StringComparison.Ordinal))];
        Assert.StartsWith("The service is busy: throttle lowered to 4", told[0], StringComparison.Ordinal);
        Assert.Equal("Throttle raised to 8.", told[^1]);
    }

    [Fact]
    public async Task A_task_that_fails_at_the_service_is_spoken_by_a_new_one_three_times_at_most()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => Failed(id));
        TtsException error = Assert.Single(Batches.Run(service.Provider, [Hello], null, Service.Quick).Errors());
        Assert.Equal("Runware.inferenceError", error.ErrorId);
        Assert.Equal(3, service.Requests);
    }

    [Fact]
    public async Task Every_new_task_has_an_id_of_its_own_and_is_written_down()
    {
        List<string> ids = [];
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) =>
        {
            ids.Add(id);
            return n < 3 ? Failed(id) : new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioURL":"https://x.example/a.mp3","cost":0.0001}]}""");
        });
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        TtsSpeech speech = Assert.Single(Batches.Run(service.Provider, [Hello], null, Service.Quick, ledger).Spoken());
        Assert.Equal((3, ids[2]), (speech.Attempts, speech.TaskUUID.ToString()));
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids.Zip(["Failed", "Failed", "Completed"]), LedgerReader.Read(_folder.Path).Select(e => (e.TaskUUID.ToString(), e.Status)));
    }

    [Fact]
    public async Task While_a_row_waits_for_a_new_task_others_have_its_place()
    {
        List<string> order = [];
        await using ScriptedService service = await ScriptedService.StartAsync((n, body, id) =>
        {
            order.Add(TextOf(body)!);
            return n == 1
                ? Failed(id) with { Headers = [("Retry-After", "1")] }
                : new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioURL":"https://x.example/a.mp3","cost":0.0001}]}""");
        });
        Assert.Equal(2, Batches.Run(service.Provider, [Hello, Hello with { Text = "Other" }], null, Service.Quick with { ThrottleLimit = 1 }).Spoken().Length);
        Assert.Equal([Hello.Text!, "Other", Hello.Text!], order);
    }

    private static Answer Failed(string id) => new($$"""{"errors":[{"code":"inferenceError","message":"m","taskUUID":"{{id}}"}]}""");

    private static string TextOf(string body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement[0].GetProperty("speech").GetProperty("text").GetString()!;
    }
}
