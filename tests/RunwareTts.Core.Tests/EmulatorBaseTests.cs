using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>The emulator's reading of the page of Base, by hand-written JSON.</summary>
public sealed class EmulatorBaseTests
{
    private static readonly byte[] Recording = "a recording"u8.ToArray();

    [Fact]
    public async Task A_clip_in_every_form_is_spoken_and_charged_by_the_text()
    {
        await using var caller = await PlainCaller.StartAsync();
        var stored = await MediaCalls.UploadAsync(caller, Convert.ToBase64String(Recording));
        const string Url = "https://clips.example/a.wav?token=1";
        string[] clips =
        [
            Convert.ToBase64String(Recording),
            "data:audio/wav;base64," + Convert.ToBase64String(Recording),
            (string)stored["mediaUUID"]!,
            (string)stored["mediaURL"]!,
            Url,
        ];
        var text = new string('a', 345);
        foreach (var clip in clips)
        {
            var (status, body) = await caller.SendAsync(MediaCalls.Clone(clip, text));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(0.0052m, (decimal)body["data"]![0]!["cost"]!);
        }

        var record = caller.Host.Record;
        var (recording, url) = (Digest(Recording), Digest(Encoding.UTF8.GetBytes(Url)));
        Assert.Equal([recording, recording, recording, recording, url], record.Charges.Select(charge => charge.Clip));
        Assert.All(record.Charges, charge => Assert.Equal((text, "clone"), (charge.Text, charge.Voice)));
        Assert.Equal(5, record.ChargedByModel["alibaba:qwen@3-tts-1.7b-base"]);
        // The same clip is the same request, whichever way it came.
        Assert.Equal((2, 0.026m), (record.DistinctChargedRequests, record.Charged));

        var charges = await caller.ControlAsync(HttpMethod.Get, "charges");
        Assert.Equal(recording, (string?)charges[0]!["clip"]);
        var seen = await caller.ControlAsync(HttpMethod.Get, "record");
        Assert.Equal(5, (int)seen["chargedByModel"]!["alibaba:qwen@3-tts-1.7b-base"]!);
    }

    [Theory]
    [InlineData("positivePrompt", "\"calm\"", "unsupportedParameter", "positivePrompt")]
    [InlineData("seed", "1", "unsupportedParameter", "seed")]
    [InlineData("inputs.video", "\"x\"", "unsupportedParameter", "inputs.video")]
    [InlineData("speech.volume", "1", "unsupportedParameter", "speech.volume")]
    [InlineData("settings.temperature", "1", "unsupportedParameter", "settings.temperature")]
    [InlineData("audioSettings", """{"gain":1}""", "unsupportedParameter", "audioSettings.gain")]
    [InlineData("inputs", null, "missingInputs", "inputs")]
    [InlineData("inputs.audio", null, "missingAudio", "inputs.audio")]
    [InlineData("inputs.audio", "\"no clip\"", "invalidAudio", "inputs.audio")]
    [InlineData("inputs.audio", "\"\"", "invalidAudio", "inputs.audio")]
    [InlineData("inputs.audio", "\"data:audio/wav,text\"", "invalidAudio", "inputs.audio")]
    [InlineData("speech.voice", "\"ryan\"", "unsupportedVoice", "speech.voice")]
    [InlineData("speech.voice", null, "missingVoice", "speech.voice")]
    [InlineData("speech.language", "\"Dutch\"", "unsupportedLanguage", "speech.language")]
    [InlineData("speech.speed", "4.01", "invalidSpeed", "speech.speed")]
    [InlineData("speech.text", "\"\"", "invalidText", "speech.text")]
    [InlineData("settings", null, "missingTranscript", "settings.transcript")]
    [InlineData("settings.transcript", "\"\"", "missingTranscript", "settings.transcript")]
    [InlineData("settings.xVectorOnly", "\"yes\"", "invalidXVectorOnly", "settings.xVectorOnly")]
    [InlineData("numberResults", "0", "invalidNumberResults", "numberResults")]
    [InlineData("numberResults", "5", "invalidNumberResults", "numberResults")]
    public async Task What_the_page_does_not_allow_is_refused_by_name(
        string field, string? json, string code, string parameter)
    {
        await using var caller = await PlainCaller.StartAsync();
        var task = MediaCalls.Clone(Convert.ToBase64String(Recording));
        MediaCalls.Set(task, field, json is null ? null : JsonNode.Parse(json));
        var (status, body) = await caller.SendAsync(task);
        var error = Assert.Single(body["errors"]!.AsArray())!;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((code, parameter), ((string?)error["code"], (string?)error["parameter"]));
        Assert.Equal(0, caller.Host.Record.Charged);
    }

    [Theory]
    [InlineData("numberResults", "4")]
    [InlineData("settings", """{"xVectorOnly":true}""")]
    [InlineData("settings", """{"xVectorOnly":true,"transcript":"Hi","maxNewTokens":512}""")]
    public async Task What_the_page_allows_is_taken(string field, string json)
    {
        await using var caller = await PlainCaller.StartAsync();
        var task = MediaCalls.Clone(Convert.ToBase64String(Recording));
        MediaCalls.Set(task, field, JsonNode.Parse(json));
        Assert.True((await caller.WouldTakeAsync(task))[0]);
    }

    [Theory]
    [InlineData("WAV")]
    [InlineData("MP3")]
    public async Task One_clip_is_one_sound_of_the_tiny_voice(string format)
    {
        await using var caller = await PlainCaller.StartAsync(speak: TinyVoice.SpeakAsync);
        async Task<byte[]> SpeakAsync(string clip)
        {
            var task = MediaCalls.Clone(Convert.ToBase64String(Encoding.UTF8.GetBytes(clip)));
            (task["outputType"], task["outputFormat"]) = ("base64Data", format);
            var (_, body) = await caller.SendAsync(task);
            return Convert.FromBase64String((string)body["data"]![0]!["audioBase64Data"]!);
        }

        var once = await SpeakAsync("one");
        Assert.Equal(once, await SpeakAsync("one"));
        Assert.NotEqual(once, await SpeakAsync("two"));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
