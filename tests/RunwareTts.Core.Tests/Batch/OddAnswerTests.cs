using RunwareTts.Batch;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Answers that no page describes and that have been seen, or will be.</summary>
public sealed class OddAnswerTests
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there" };

    [Fact]
    public async Task A_poll_that_is_slowed_down_by_name_goes_on()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((n, body, id) => n switch
        {
            1 => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}"}]}"""),
            2 => new Answer($$"""{"errors":[{"code":"rateLimitExceeded","message":"m","taskType":"getResponse","taskUUID":"{{id}}"}]}""", 429),
            _ => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioURL":"https://x.example/a.mp3"}]}"""),
        });
        Assert.Single(Run(service, [Hello]).Spoken());
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public async Task A_poll_that_is_put_off_for_an_hour_is_made_long_before()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) => n switch
        {
            1 => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}"}]}"""),
            2 => new Answer("""{"errors":[{"code":"rateLimitExceeded","message":"busy"}]}""", 429) { Headers = [("Retry-After", "3600")] },
            _ => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioURL":"https://x.example/a.mp3"}]}"""),
        });
        Assert.Single(Run(service, [Hello]).Spoken());
    }

    [Fact]
    public async Task A_bad_task_among_many_does_not_end_the_others()
    {
        string? bad = null;
        await using ScriptedService service = await ScriptedService.StartAsync((n, body, id) =>
        {
            bad ??= id;
            return body.Contains(bad, StringComparison.Ordinal)
                ? new Answer("""{"errors":[{"code":"taskNotFound","message":"m"}]}""", 404)
                : new Answer($$"""{"data":[{{string.Join(",", Ids(body).Select(i => $$"""{"taskType":"audioInference","taskUUID":"{{i}}","status":"success","audioURL":"https://x.example/a.mp3"}"""))}}]}""");
        });
        List<BatchEvent> events = Waits.Run(service.Provider, [.. Enumerable.Range(0, 5).Select(_ => new TaskRow { TaskUUID = Guid.NewGuid().ToString() })], null);
        Assert.Equal(4, events.Spoken().Length);
        Assert.Equal("Runware.taskNotFound", Assert.Single(events.Errors()).ErrorId);
    }

    [Fact]
    public async Task An_item_without_an_id_belongs_to_the_one_task_that_was_sent()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, _) => new Answer("""{"data":[{"taskType":"audioInference","audioUUID":"x","audioURL":"https://x.example/a.mp3","cost":0.0004}]}"""));
        Assert.Equal(0.0004m, Assert.Single(Run(service, [Hello]).Spoken()).Cost);
    }

    [Fact]
    public async Task Results_that_were_seen_before_the_time_was_over_are_kept()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioURL":"https://x.example/a.mp3"}]}"""));
        List<BatchEvent> events = Run(service, [Hello with { NumberResults = "2" }], Service.Quick with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.Single(events.Spoken());
        Assert.Equal("TaskTimeout", Assert.Single(events.Errors()).ErrorId);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("3600")]
    public async Task A_wait_longer_than_the_row_has_is_not_begun(string retryAfter)
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, _) => new Answer("""{"errors":[{"code":"rateLimitExceeded","message":"busy"}]}""", 429) { Headers = [("Retry-After", retryAfter)] });
        Assert.Equal("Runware.rateLimitExceeded", Assert.Single(Run(service, [Hello]).Errors()).ErrorId);
        Assert.Equal(1, service.Requests);
    }

    [Fact]
    public async Task A_body_that_is_not_what_its_header_says_is_a_lost_answer()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) => n switch
        {
            1 => new Answer("this is no gzip") { Headers = [("Content-Encoding", "gzip")] },
            2 => new Answer($$"""{"errors":[{"code":"conflictTaskUUID","message":"m","taskUUID":"{{id}}"}]}""", 400),
            _ => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioURL":"https://x.example/a.mp3"}]}"""),
        });
        Assert.Equal(2, Assert.Single(Run(service, [Hello]).Spoken()).Attempts);
    }

    [Theory]
    [InlineData("{}", 200)]
    [InlineData("[]", 200)]
    [InlineData("null", 200)]
    [InlineData("17", 200)]
    [InlineData("", 200)]
    [InlineData("""{"data":{"a":1}}""", 200)]
    [InlineData("<html>proxy</html>", 200)]
    [InlineData("", 204)]
    [InlineData("", 302)]
    public async Task An_answer_that_says_nothing_is_asked_again_and_then_told_with_the_id(string body, int status)
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, _) => new Answer(status == 204 ? "" : body, status));
        TtsException error = Assert.Single(Run(service, [Hello], Service.Quick with { FirstRetry = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromSeconds(2) }).Errors());
        Assert.StartsWith("Runware.", error.ErrorId, StringComparison.Ordinal);
        Assert.True(status == 302 || error.TaskUUID is not null, error.Message);
    }

    [Fact]
    public async Task Not_found_right_after_a_lost_answer_is_not_believed_yet()
    {
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) => n switch
        {
            1 => new Answer("cut", 200),
            2 => new Answer($$"""{"errors":[{"code":"conflictTaskUUID","message":"m","taskUUID":"{{id}}"}]}""", 400),
            3 => new Answer($$"""{"errors":[{"code":"taskNotFound","message":"no such","taskUUID":"{{id}}"}]}""", 400),
            _ => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioURL":"https://x.example/a.mp3"}]}"""),
        });
        Assert.Single(Run(service, [Hello]).Spoken());
    }

    [Fact]
    public async Task Results_without_an_audioUUID_are_told_apart_by_what_they_are()
    {
        static string Item(string id, string name) => $$"""{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioURL":"https://x.example/{{name}}.mp3"}""";
        await using ScriptedService service = await ScriptedService.StartAsync((n, _, id) => n == 1
            ? new Answer($$"""{"data":[{{Item(id, "second")}},{"taskType":"audioInference","taskUUID":"{{id}}","status":"processing"}]}""")
            : new Answer($$"""{"data":[{{Item(id, "first")}},{{Item(id, "second")}}]}"""));
        TtsSpeech[] speeches = Waits.Run(service.Provider, [new TaskRow { TaskUUID = Guid.NewGuid().ToString(), NumberResults = "2" }], null).Spoken();
        Assert.Equal(["https://x.example/first.mp3", "https://x.example/second.mp3"], speeches.Select(s => s.AudioUrl).Order());
    }

    [Fact]
    public async Task A_price_that_was_spoken_names_its_task_and_one_that_is_not_told_is_the_catalogues()
    {
        await using ScriptedService spoken = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","audioURL":"https://x.example/a.mp3","cost":0.0004}]}"""));
        TtsException error = Assert.Single(Price(spoken).Errors());
        Assert.True(error.EndsPipeline);
        Assert.NotNull(error.TaskUUID);

        await using ScriptedService silent = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}"}]}"""));
        TtsValidation validation = Assert.Single(Price(silent).OfType<BatchEvent.Validated>()).Validation;
        Assert.Equal(("Catalogue", true), (validation.PriceSource, validation.EstimatedCost > 0));
    }

    private static List<BatchEvent> Price(ScriptedService service)
    {
        using RunwareTts.Ledger.TaskLedger ledger = RunwareTts.Ledger.LedgerLocation.OpenTemporary();
        using ValidationBatch batch = new(service.Provider, new OutputPlanner(null, false, Path.GetFullPath), ledger, new BatchOptions(), remote: true);
        batch.Add(Hello, Hello, Hello);
        return [.. batch.Take(all: true, CancellationToken.None)];
    }

    private static List<BatchEvent> Run(ScriptedService service, SpeechRow[] rows, BatchOptions? options = null) => Batches.Run(service.Provider, rows, null, options ?? Service.Quick);

    private static IEnumerable<string> Ids(string body)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateArray().Select(t => t.GetProperty("taskUUID").GetString()!)];
    }
}
