using System.Net;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>Stored media of the emulator, and how it may misbehave.</summary>
public sealed class EmulatorMediaTests : IAsyncLifetime
{
    private static readonly string Clip = Convert.ToBase64String("a recording"u8);

    private PlainCaller _caller = null!;

    public async Task InitializeAsync() => _caller = await PlainCaller.StartAsync();

    public async Task DisposeAsync() => await _caller.DisposeAsync();

    [Fact]
    public async Task Uploads_are_kept_apart_counted_served_and_deleted()
    {
        var first = await MediaCalls.UploadAsync(_caller, Clip);
        var second = await MediaCalls.UploadAsync(_caller, "data:audio/wav;base64," + Clip);
        await MediaCalls.UploadAsync(_caller, "https://clips.example/a.wav");
        Assert.NotEqual((string?)first["mediaUUID"], (string?)second["mediaUUID"]);
        var url = new Uri((string)first["mediaURL"]!);
        using (var media = await _caller.GetAsync(url))
            Assert.Equal("a recording", await media.Content.ReadAsStringAsync());

        var id = (string)first["mediaUUID"]!;
        var (status, body) = await _caller.SendAsync(MediaCalls.Delete(id));
        Assert.Equal((HttpStatusCode.OK, id), (status, (string?)body["data"]![0]!["mediaUUID"]));
        Assert.Equal("mediaNotFound", await RefusalAsync(MediaCalls.Delete(id)));
        using (var media = await _caller.GetAsync(url))
            Assert.Equal(HttpStatusCode.NotFound, media.StatusCode);

        var record = await _caller.ControlAsync(HttpMethod.Get, "record");
        Assert.Equal((3, 1, 22), ((int)record["uploads"]!, (int)record["deletes"]!, (int)record["bytesUploaded"]!));
        Assert.Equal((0m, 3), ((decimal)record["charged"]!, _caller.Host.Record.UploadedClips.Count));
    }

    [Theory]
    [InlineData("media", null, "missingMedia")]
    [InlineData("media", "no media", "invalidMedia")]
    [InlineData("operation", "copy", "unsupportedOperation")]
    [InlineData("name", "a.wav", "unsupportedParameter")]
    public async Task A_bad_upload_is_refused(string field, string? value, string code)
    {
        var task = MediaCalls.Upload(Clip);
        MediaCalls.Set(task, field, value);
        Assert.Equal(code, await RefusalAsync(task));
        Assert.Equal(0, _caller.Host.Record.Uploads);
    }

    [Fact]
    public async Task Media_that_is_gone_is_refused_at_once_or_later_and_costs_nothing()
    {
        var id = (string)(await MediaCalls.UploadAsync(_caller, Clip))["mediaUUID"]!;
        Assert.Equal(1, (int)(await _caller.ControlAsync(HttpMethod.Post, "forget-media"))["forgotten"]!);
        var (status, body) = await _caller.SendAsync(MediaCalls.Clone(id));
        var error = body["errors"]![0]!;
        Assert.Equal((HttpStatusCode.BadRequest, "mediaNotFound"), (status, (string?)error["code"]));
        Assert.Equal("inputs.audio", (string?)error["parameter"]);

        await SwitchAsync("""{"mediaErrorCode":"invalidAudio","mediaErrorStatus":404}""");
        (status, body) = await _caller.SendAsync(MediaCalls.Clone(id));
        Assert.Equal((HttpStatusCode.NotFound, "invalidAudio"), (status, (string?)body["errors"]![0]!["code"]));

        await SwitchAsync("""{"lateMediaErrors":true}""");
        var task = MediaCalls.Clone(id, delivery: "async");
        Assert.Equal(HttpStatusCode.OK, (await _caller.SendAsync(task)).Status);
        var item = await SettledAsync((string)task["taskUUID"]!);
        Assert.Equal(("error", "invalidAudio"), ((string?)item["status"], (string?)item["error"]!["code"]));
        var sync = (await _caller.SendAsync(MediaCalls.Clone(id))).Body["errors"]![0]!;
        Assert.Equal(("invalidAudio", "error"), ((string?)sync["code"], (string?)sync["status"]));
        Assert.Equal((0, 0m), (_caller.Host.Record.ChargedTasks, _caller.Host.Record.Charged));
    }

    [Fact]
    public async Task An_upload_may_take_its_time()
    {
        await SwitchAsync("""{"uploadPolls":2,"uploadSeconds":0.01}""");
        var upload = MediaCalls.Upload(Clip);
        var id = (string)upload["taskUUID"]!;
        var answer = (await _caller.SendAsync(upload)).Body["data"]![0]!;
        Assert.Equal("1", (string?)answer["mediaUUID"]);
        Assert.Null(answer["mediaURL"]);

        var waiting = await SettledAsync(id, "processing");
        Assert.Null(waiting["mediaUUID"]);
        var there = await SettledAsync(id);
        Assert.Equal("mediaStorage", (string?)there["taskType"]);
        Assert.NotNull(there["mediaURL"]);
        var (status, _) = await _caller.SendAsync(MediaCalls.Clone((string)there["mediaUUID"]!));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Uploads_can_be_refused_all_or_one_of_them()
    {
        await SwitchAsync("""{"refuseUploads":"forbidden","uploadErrorStatus":403}""");
        var (status, body) = await _caller.SendAsync(MediaCalls.Upload(Clip));
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (status, (string?)body["errors"]![0]!["code"]));

        await SwitchAsync("""{"refuseUploads":null,"uploadErrorStatus":400,"failUpload":3}""");
        await MediaCalls.UploadAsync(_caller, Clip);
        Assert.Equal("uploadFailed", await RefusalAsync(MediaCalls.Upload(Clip)));
        await MediaCalls.UploadAsync(_caller, Clip);
        Assert.Equal(2, _caller.Host.Record.Uploads);
    }

    [Fact]
    public async Task Inline_clips_can_be_refused()
    {
        _caller.Host.Switches = new EmulatorSwitches { RefuseInline = true };
        Assert.Equal("invalidAudio", await RefusalAsync(MediaCalls.Clone(Clip)));
        var id = (string)(await MediaCalls.UploadAsync(_caller, Clip))["mediaUUID"]!;
        Assert.True((await _caller.WouldTakeAsync(MediaCalls.Clone(id)))[0]);
    }

    [Fact]
    public async Task Faults_happen_to_uploads_too()
    {
        await _caller.ControlAsync(HttpMethod.Post, "fault", """{"on":"media","fault":"status","status":429}""");
        await _caller.ControlAsync(HttpMethod.Post, "fault", """{"on":"media","fault":"reset-after-accept"}""");
        await _caller.ControlAsync(HttpMethod.Post, "fault", """{"on":"media","fault":"errors-200"}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _caller.SendAsync(MediaCalls.Upload(Clip))).Status);
        Assert.Equal(0, _caller.Host.Record.Uploads);
        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.SendAsync(MediaCalls.Upload(Clip)));
        Assert.Equal(1, _caller.Host.Record.Uploads);
        var (status, body) = await _caller.SendAsync(MediaCalls.Upload(Clip));
        Assert.Equal((HttpStatusCode.OK, "uploadFailed"), (status, (string?)body["errors"]![0]!["code"]));
    }

    private Task<JsonNode> SwitchAsync(string json) => _caller.ControlAsync(HttpMethod.Post, "switches", json);

    private async Task<string?> RefusalAsync(JsonObject task)
    {
        var (status, body) = await _caller.SendAsync(task);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return (string?)Assert.Single(body["errors"]!.AsArray())!["code"];
    }

    private async Task<JsonNode> SettledAsync(string taskUuid, string? status = null)
    {
        while (true)
        {
            var (_, body) = await _caller.SendAsync(PlainCaller.Ask("getResponse", taskUuid));
            var item = body["data"]![0]!;
            if ((string?)item["status"] != "processing" || status == "processing") return item;
            await Task.Delay(10);
        }
    }
}
