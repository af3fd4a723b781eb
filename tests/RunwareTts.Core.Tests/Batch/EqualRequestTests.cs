using System.Security.Cryptography;
using System.Text;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Tests.Ledger;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests.Batch;

/// <summary>Requests are equal by their audio: where it goes and how its text is spelled in bytes is paid for once. What earlier versions have written down is known.</summary>
public sealed class EqualRequestTests : IAsyncLifetime
{
    private const string Composed = "Caf\u00E9\nau lait";
    private const string Decomposed = "Cafe\u0301\nau lait";
    private const string ComposedOfWindows = "Caf\u00E9\r\nau lait";
    private const string DecomposedOfWindows = "Cafe\u0301\r\nau lait";

    // What version 0.9 has called "Hello there" by ryan.
    private const string HelloThen = "b0db0d89c14f7a883d9763ac5685dee43d484630fd2eb9af7ea1afc2eb60ef30";

    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };

    private readonly TempFolder _folder = new();
    private Service _service = null!;

    // The texts, and what version 0.9 has called them.
    public static TheoryData<string, string> Spellings => new()
    {
        { Composed, "648eff9a49a9bbde3d31a2db6acc84553d4946fadb1b1933df08a2679314789a" },
        { Decomposed, "d1dbaf5e16b722a64a3a5ee2b3d8ebb768bd1f09e8e3365d1fa67b7e4755b3a5" },
        { ComposedOfWindows, "155b5629f19650ce4f0cf650282a1fe9b0974a727f0405cbf57b4d737471212f" },
        { DecomposedOfWindows, "89e25e516d416dc93014bb6362f908286c2d0b7ac372ffc7da8a8bdfaf3311dd" },
    };

    public async Task InitializeAsync() => _service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Accents_and_line_ends_make_no_other_request_and_are_sent_as_given(string text, string then)
    {
        _ = then;
        Assert.Equal("Completed", Assert.Single(_service.Run([Hello with { Text = text }], _folder.Path).Spoken()).Status);
        Assert.Contains(_service.Record.Tasks, t => System.Text.Json.JsonDocument.Parse(t.Json).RootElement.GetProperty("speech").GetProperty("text").GetString() == text);
        foreach (string other in new[] { Composed, Decomposed, ComposedOfWindows, DecomposedOfWindows })
            Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello with { Text = other }], _folder.Path).Spoken()).Status);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void What_an_earlier_version_has_generated_of_any_spelling_is_there_for_all(string text, string then)
    {
        _ = text;
        LeaveFile(then);
        foreach (string now in new[] { Composed, Decomposed, ComposedOfWindows, DecomposedOfWindows })
            Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello with { Text = now }], _folder.Path).Spoken()).Status);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void A_new_webhook_token_costs_nothing_and_that_nothing_is_posted_is_said()
    {
        SpeechRow Posted(string token) => Hello with { WebhookUrl = $"http://127.0.0.1:9/?token={token}" };
        TtsTask first = _service.Run([Posted("a")], _folder.Path).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        List<BatchEvent> again = _service.Run([Posted("b")], _folder.Path);
        Assert.Equal(first.TaskUUID, again.OfType<BatchEvent.TaskSubmitted>().Single().Task.TaskUUID);
        Assert.Contains(again.OfType<BatchEvent.Warned>(), w => w.Message.Contains("WebhookUrl of that run", StringComparison.Ordinal));
        Waits.Run(_service.Provider(), [Waits.RowOf(first)], _folder.Path);
        List<BatchEvent> third = _service.Run([Posted("c"), Posted("d")], _folder.Path);
        Assert.All(third.OfType<BatchEvent.TaskSubmitted>(), s => Assert.Equal((first.TaskUUID, "Completed"), (s.Task.TaskUUID, s.Task.Status)));
        Assert.Contains("nothing is posted", Assert.Single(third.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void An_older_task_tells_when_it_was_submitted()
    {
        TtsTask first = _service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        Waits.Run(_service.Provider(), [Waits.RowOf(first)], _folder.Path);
        TtsTask again = _service.Run([Hello], _folder.Path, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        Assert.Equal(first.Submitted, again.Submitted);
        Assert.Equal(LedgerReader.Read(_folder.Path).Single().Submitted, again.Submitted);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/?token=then", null)]
    [InlineData(null, "https://store.example.com/a.mp3")]
    [InlineData("http://127.0.0.1:9/?token=then", "https://store.example.com/a.mp3")]
    public void What_an_earlier_version_has_had_posted_or_uploaded_is_known_and_not_uploaded_again(string? webhook, string? upload)
    {
        LeaveFile(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{HelloThen} {upload} {webhook}"))));
        SpeechRow row = Hello with { WebhookUrl = webhook, UploadEndpoint = upload is null ? null : upload + "?X-Amz-Signature=now" };
        List<BatchEvent> events = _service.Run([row], _folder.Path);
        Assert.Empty(events.Errors());
        Assert.Equal(webhook is null ? "Unchanged" : "Completed", webhook is null ? events.Spoken().Single().Status : events.OfType<BatchEvent.TaskSubmitted>().Single().Task.Status);
        Assert.Equal(0, _service.Record.Requests);
    }

    [NginxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_generated_before_is_uploaded_from_here_once(bool wait)
    {
        using Nginx nginx = new();
        TtsSpeech made = Assert.Single(_service.Run([Hello], _folder.Path).Spoken());
        SpeechRow upload = Hello with { UploadEndpoint = nginx.Presigned("store/later.mp3") };
        BatchOptions options = Service.Quick with { Wait = wait };
        List<BatchEvent> events = _service.Run([upload], _folder.Path, options);
        Assert.Empty(events.Errors());
        Assert.Equal(wait ? 1 : 0, events.Spoken().Length);
        Assert.Equal(File.ReadAllBytes(made.Path!), nginx.Arrived["store/later.mp3"]);
        Assert.Equal("Saved", Assert.Single(LedgerReader.Read(_folder.Path)).Status);

        File.Delete(nginx.FileOf("store/later.mp3"));
        Assert.Empty(_service.Run([upload with { UploadEndpoint = nginx.Presigned("store/later.mp3") + "&X-Amz-Date=tomorrow" }], _folder.Path, options).Errors());
        Assert.Empty(nginx.Arrived);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [NginxFact]
    public void An_upload_that_fails_from_here_is_an_error_and_tried_again_by_the_next_run()
    {
        using Nginx nginx = new();
        _service.Run([Hello], _folder.Path);
        TtsException error = Assert.Single(_service.Run([Hello with { UploadEndpoint = nginx.Presigned("store/a.mp3", "f0r6ed") }], _folder.Path).Errors());
        Assert.Equal("UploadFailed", error.ErrorId);
        Assert.Contains("HTTP 403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("f0r6ed", error.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Run([Hello with { UploadEndpoint = nginx.Presigned("store/a.mp3") }], _folder.Path).Errors());
        Assert.Equal(["store/a.mp3"], nginx.Arrived.Keys);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    // A file, and the ledger of a version that called its request so.
    private void LeaveFile(string hash)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "hello.mp3"), "audio");
        LedgerEvent sent = Past.Submitted(hash) with { Provider = "Runware", Id = "hello", NumberResults = 1, Path = "hello.mp3" };
        LedgerEvent done = sent with { Event = LedgerEventKind.Completed, Results = [new LedgerResult("audio", "https://example.com/a.mp3", 0.1m)], Seconds = 1 };
        Past.Write(_folder.Path, sent, done, done with { Event = LedgerEventKind.Saved, File = "hello.mp3", Bytes = 5, Index = 0 });
    }
}
