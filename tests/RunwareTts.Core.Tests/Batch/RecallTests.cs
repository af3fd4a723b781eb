using RunwareTts.Batch;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A task of an earlier run is asked for; how asking goes says nothing of the task, and never has it paid for again.</summary>
public sealed class RecallTests
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };
    private static readonly BatchOptions Hasty = Service.Quick with { Timeout = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task A_lost_answer_that_only_the_archive_has_is_found_in_the_same_run()
    {
        using TempFolder folder = new();
        await using ScriptedService service = await ScriptedService.StartAsync((number, body, id) =>
            number == 1 ? new Answer("lost", 502)
            : body.Contains("audioInference", StringComparison.Ordinal) ? new Answer($$"""{"errors":[{"code":"conflictTaskUUID","message":"m","taskUUID":"{{id}}"}]}""", 409)
            : body.Contains("getTaskDetails", StringComparison.Ordinal) ? new Answer($$"""{"data":[{"taskType":"getTaskDetails","taskUUID":"{{id}}","response":{"data":[{{Result(id, "a")}}] } }]}""")
            : new Answer("""{"data":[]}"""));
        Assert.Equal("Completed", Assert.Single(Run(service, folder).Spoken()).Status);
    }

    [Theory]
    [InlineData("rateLimitExceeded", 429)]
    [InlineData("internalServerError", 500)]
    [InlineData("invalidApiKey", 401)]
    [InlineData("insufficientCredits", 402)]
    public async Task A_refusal_to_be_asked_is_not_the_end_of_the_task(string code, int status)
    {
        using TempFolder folder = new();
        Guid? refused = null;
        bool isBad = true;
        List<string> sent = [];
        await using ScriptedService service = await ScriptedService.StartAsync((_, body, id) =>
        {
            if (body.Contains("audioInference", StringComparison.Ordinal))
                sent.Add(id);
            else if (isBad && refused is not null)
                return new Answer($$"""{"errors":[{"code":"{{code}}","message":"m","taskUUID":"{{id}}"}]}""", status);
            return isBad
                ? new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}"}]}""")
                : new Answer($$"""{"data":[{{Result(id, "a")}}]}""");
        });
        refused = Assert.Single(Run(service, folder, options: Hasty).Errors()).TaskUUID;
        TtsException error = Assert.Single(Run(service, folder, options: Hasty).Errors());
        Assert.True(error.IsInDoubt);
        Assert.Equal(refused, error.TaskUUID);
        isBad = false;
        Assert.Equal(refused, Assert.Single(Run(service, folder).Spoken()).TaskUUID);
        // None, where the first run's time was over before the request could leave.
        Assert.InRange(sent.Distinct().Count(), 0, 1);
    }

    [Fact]
    public async Task Results_that_come_in_another_order_keep_their_files()
    {
        using TempFolder folder = new();
        string[] order = ["a", "b"];
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{{string.Join(",", order.Select(name => Result(id, name)))}}]}"""));
        SpeechRow two = Hello with { NumberResults = "2" };
        Assert.Equal(["a", "b"], Run(service, folder, two).Spoken().Select(s => s.AudioUUID));
        File.Delete(Path.Combine(folder.Path, "hello-2.wav"));
        order = ["b", "a"];
        Assert.Equal(["a", "b"], Run(service, folder, two).Spoken().Select(s => s.AudioUUID));
    }

    [Fact]
    public async Task One_of_several_that_nobody_has_any_more_does_not_cost_the_others()
    {
        using TempFolder folder = new();
        bool isGone = false;
        int sent = 0;
        await using ScriptedService service = await ScriptedService.StartAsync((_, body, id) =>
        {
            sent += body.Contains("audioInference", StringComparison.Ordinal) ? 1 : 0;
            return isGone && !body.Contains("audioInference", StringComparison.Ordinal)
                ? new Answer("""{"data":[]}""")
                : new Answer($$"""{"data":[{{string.Join(",", new[] { "a", "b", "c" }.Select(name => Result(id, name)))}}]}""");
        });
        SpeechRow three = Hello with { NumberResults = "3" };
        Assert.Equal(3, Run(service, folder, three).Spoken().Length);
        File.Delete(Path.Combine(folder.Path, "hello-2.wav"));
        isGone = true;
        List<BatchEvent> again = Run(service, folder, three);
        Assert.Equal(["hello-1.wav", "hello-3.wav"], again.Spoken().Select(s => Path.GetFileName(s.Path)));
        Assert.Contains("-Regenerate", Assert.Single(again.Errors()).Message, StringComparison.Ordinal);
        Assert.Equal(1, sent);
        // With none of them left, the row is as good as new.
        foreach (string file in folder.Files.Where(f => f.EndsWith(".wav", StringComparison.Ordinal)).ToArray())
            File.Delete(Path.Combine(folder.Path, file));
        Assert.Equal(3, Run(service, folder, three).Spoken().Length);
        Assert.Equal(2, sent);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("99999999")]
    public async Task An_audio_that_is_asked_for_again_keeps_to_the_time_of_the_row(string retryAfter)
    {
        using TempFolder folder = new();
        bool isBusy = false;
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => isBusy
            ? new Answer("""{"errors":[{"code":"rateLimitExceeded","message":"busy"}]}""", 429) { Headers = [("Retry-After", retryAfter)] }
            : new Answer($$"""{"data":[{{Result(id, "a")}}]}"""));
        Assert.Single(Run(service, folder).Spoken());
        File.Delete(Path.Combine(folder.Path, "hello.wav"));
        isBusy = true;
        List<BatchEvent> events = await Task.Run(() => Run(service, folder, options: Hasty)).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("TaskTimeout", Assert.Single(events.Errors()).ErrorId);
    }

    [Theory]
    [InlineData("\"url\":\"no url\",")]
    [InlineData("\"url\":\"file:///etc/passwd\",")]
    public async Task A_ledger_with_an_address_that_is_none_leads_to_the_service(string url)
    {
        using TempFolder folder = new();
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{{Result(id, "a")}}]}"""));
        Assert.Single(Run(service, folder).Spoken());
        string ledger = Path.Combine(folder.Path, "tts-ledger.jsonl");
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace("\"audio\":\"a\",", $"\"audio\":\"a\",{url}", StringComparison.Ordinal));
        File.Delete(Path.Combine(folder.Path, "hello.wav"));
        Assert.Equal("Unchanged", Assert.Single(Run(service, folder).Spoken()).Status);
    }

    [Fact]
    public async Task A_task_that_goes_on_without_us_keeps_what_was_set_aside_for_it()
    {
        using TempFolder folder = new();
        List<string> sent = [];
        await using ScriptedService service = await ScriptedService.StartAsync((_, body, id) =>
        {
            if (body.Contains("audioInference", StringComparison.Ordinal))
                sent.Add(id);
            return new Answer($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{id}}","status":"processing"},{{Result(id, "a")}}]}""");
        });
        SpeechRow[] rows = [.. Enumerable.Range(0, 2).Select(n => Hello with { Id = $"{n}", Text = $"{n}{new string('x', 999)}", NumberResults = "20", OutputFormat = "WAV" })];
        decimal most = Estimates.Of(RowReader.Read(rows[0]).Request!) * 1.5m;
        TtsException[] errors = Batches.Run(service.Provider, rows, folder.Path, Hasty with { Timeout = TimeSpan.FromSeconds(1), ThrottleLimit = 1, MaxCost = most }).Errors();
        Assert.Equal(["TaskTimeout", "BudgetReached"], errors.Select(e => e.ErrorId));
        Assert.Single(sent.Distinct());
    }

    private static string Result(string id, string name) =>
        $$"""{"taskType":"audioInference","taskUUID":"{{id}}","status":"success","audioUUID":"{{name}}","audioBase64Data":"{{Convert.ToBase64String(Wavs.Silence(0.0005))}}","cost":0.0001}""";

    private static List<BatchEvent> Run(ScriptedService service, TempFolder folder, SpeechRow? row = null, BatchOptions? options = null) =>
        Batches.Run(service.Provider, [(row ?? Hello) with { OutputFormat = "WAV" }], folder.Path, options ?? Service.Quick);
}
