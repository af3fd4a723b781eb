using System.Collections;
using System.Net;
using System.Text.Json;
using RunwareTts.Emulator;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>Every field of the three model pages, as the client writes it and the emulator, by its own reading, takes it.</summary>
public sealed class RequestFieldsTests : EmulatorTest
{
    internal static readonly string[] Fields =
    [
        "taskType", "taskUUID", "model", "positivePrompt", "speech", "outputFormat", "outputType", "audioSettings",
        "settings", "numberResults", "ttl", "webhookURL", "uploadEndpoint", "deliveryMethod", "includeCost",
    ];

    [Fact]
    public async Task VoiceDesign_takes_every_field()
    {
        JsonElement task = await SubmitAsync(
            new SpeechRow
            {
                Text = "Mind the \"gap\".",
                VoiceDescription = "A warm old man",
                Language = "en",
                Speed = "0.94",
                OutputFormat = "OGG",
                Bitrate = "80",
                SampleRate = "24000",
                Channels = "1",
                OutputType = "URL",
                NumberResults = "4",
                MaxNewTokens = "2048",
                Ttl = "60",
                WebhookUrl = _service.Endpoint + "/hook?a=b",
                UploadEndpoint = _service.Endpoint + "/put?X-Amz-Signature=abc%2F123",
            },
            wait: false);
        Assert.Equal(Fields, task.EnumerateObject().Select(p => p.Name));
        Assert.Equal("alibaba:qwen@3-tts-1.7b-voicedesign", task.GetProperty("model").GetString());
        Assert.Equal("A warm old man", task.GetProperty("positivePrompt").GetString());
        Assert.Equal("""{"text":"Mind the \u0022gap\u0022.","voice":"design","language":"English","speed":0.94}""", task.GetProperty("speech").GetRawText());
        Assert.Equal("""{"bitrate":80,"sampleRate":24000,"channels":1}""", task.GetProperty("audioSettings").GetRawText());
        Assert.Equal("""{"maxNewTokens":2048}""", task.GetProperty("settings").GetRawText());
        Assert.Equal(("OGG", "URL", "async"), (task.GetProperty("outputFormat").GetString(), task.GetProperty("outputType").GetString(), task.GetProperty("deliveryMethod").GetString()));
        Assert.Equal((4, 60, true), (task.GetProperty("numberResults").GetInt32(), task.GetProperty("ttl").GetInt32(), task.GetProperty("includeCost").GetBoolean()));
        Assert.Equal(_service.Endpoint + "/hook?a=b", task.GetProperty("webhookURL").GetString());
        Assert.Equal(_service.Endpoint + "/put?X-Amz-Signature=abc%2F123", task.GetProperty("uploadEndpoint").GetString());
    }

    [Fact]
    public async Task CustomVoice_takes_every_field()
    {
        JsonElement task = await SubmitAsync(
            new SpeechRow
            {
                Text = "Hello",
                Voice = "ono_anna",
                Style = "calm",
                Language = "Japanese",
                Speed = "4",
                OutputFormat = "MP3",
                Bitrate = "8",
                SampleRate = "11025",
                Channels = "2",
                OutputType = "dataURI",
                NumberResults = "20",
                MaxNewTokens = "1",
                WebhookUrl = _service.Endpoint + "/hook",
                UploadEndpoint = _service.Endpoint + "/put",
            },
            wait: true);
        // ttl goes with URLs only.
        Assert.Equal(Fields.Except(["ttl"]), task.EnumerateObject().Select(p => p.Name));
        Assert.Equal("alibaba:qwen@3-tts-1.7b-customvoice", task.GetProperty("model").GetString());
        Assert.Equal("calm", task.GetProperty("positivePrompt").GetString());
        Assert.Equal("""{"text":"Hello","voice":"ono_anna","language":"Japanese","speed":4}""", task.GetProperty("speech").GetRawText());
        Assert.Equal(("dataURI", "sync", 20), (task.GetProperty("outputType").GetString(), task.GetProperty("deliveryMethod").GetString(), task.GetProperty("numberResults").GetInt32()));
    }

    [Theory]
    [InlineData("What the clip says.", """{"transcript":"What the clip says.","maxNewTokens":4096}""")]
    [InlineData(null, """{"xVectorOnly":true,"maxNewTokens":4096}""")]
    public async Task Base_takes_every_field(string? transcript, string settings)
    {
        SpeechRow row = new()
        {
            Text = "Mind the gap.",
            ReferenceAudio = "https://clips.example/anna.wav?token=secret",
            Transcript = transcript,
            Language = "en",
            Speed = "0.94",
            OutputFormat = "OGG",
            Bitrate = "80",
            SampleRate = "24000",
            Channels = "1",
            OutputType = "URL",
            NumberResults = "4",
            MaxNewTokens = "4096",
            Ttl = "60",
            WebhookUrl = _service.Endpoint + "/hook",
            UploadEndpoint = _service.Endpoint + "/put",
        };
        SpeechRequest request = RowReader.Read(row).Request! with { Clip = ReferenceClip.OfUrl(new Uri(row.ReferenceAudio)) };
        await _service.Provider().SubmitAsync(Guid.NewGuid(), request, wait: false, CancellationToken.None);
        using JsonDocument document = JsonDocument.Parse(Assert.Single(_service.Record.Tasks).Json);
        JsonElement task = document.RootElement;
        Assert.Equal(Fields.Except(["positivePrompt"]).Append("inputs").Order(), task.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("alibaba:qwen@3-tts-1.7b-base", task.GetProperty("model").GetString());
        Assert.Equal(row.ReferenceAudio, task.GetProperty("inputs").GetProperty("audio").GetString());
        Assert.Equal("""{"text":"Mind the gap.","voice":"clone","language":"English","speed":0.94}""", task.GetProperty("speech").GetRawText());
        Assert.Equal(settings, task.GetProperty("settings").GetRawText());
        Assert.Empty(_service.Sent("mediaStorage"));
    }

    [Fact]
    public async Task What_is_not_given_is_not_sent()
    {
        JsonElement task = await SubmitAsync(new SpeechRow { Text = "Hello" }, wait: true);
        Assert.Equal(["taskType", "taskUUID", "model", "speech", "outputFormat", "deliveryMethod", "includeCost"], task.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"text":"Hello","voice":"auto"}""", task.GetProperty("speech").GetRawText());
        Assert.Equal(4, task.GetProperty("taskUUID").GetGuid().Version);
    }

    [Theory]
    [InlineData("MP3", null, null, null, null)]
    [InlineData("WAV", null, null, null, null)]
    [InlineData("FLAC", null, null, null, null)]
    [InlineData("MP3", "320", null, null, """{"bitrate":320}""")]
    [InlineData("MP3", null, "48000", null, """{"sampleRate":48000}""")]
    [InlineData("OGG", null, null, "1", """{"channels":1}""")]
    [InlineData("OGG", "256", "48000", null, """{"bitrate":256,"sampleRate":48000}""")]
    [InlineData("OGG", "40", "8000", "1", """{"bitrate":40,"sampleRate":8000,"channels":1}""")]
    public async Task AudioSettings_hold_what_was_given(string format, string? bitrate, string? sampleRate, string? channels, string? sent)
    {
        JsonElement task = await SubmitAsync(new SpeechRow { Text = "Hello", OutputFormat = format, Bitrate = bitrate, SampleRate = sampleRate, Channels = channels }, wait: false);
        Assert.Equal(sent, task.TryGetProperty("audioSettings", out JsonElement settings) ? settings.GetRawText() : null);
    }

    [Theory]
    [InlineData("VoiceDesign", 4, true)]
    [InlineData("VoiceDesign", 5, false)]
    [InlineData("CustomVoice", 20, true)]
    [InlineData("CustomVoice", 21, false)]
    public async Task NumberResults_has_one_limit_a_model_for_client_and_emulator(string model, int count, bool isGood)
    {
        SpeechRow row = new() { Text = "Hello", VoiceDescription = model == "VoiceDesign" ? "A warm old man" : null };
        SpeechRow several = row with { NumberResults = $"{count}" };
        Assert.Equal(isGood, RowReader.Read(several).Request is not null);
        Task<decimal?> price = _service.Provider().PriceAsync(RowReader.Read(row).Request! with { NumberResults = count }, CancellationToken.None);
        if (isGood)
            Assert.Equal(0.0001m * count, await price);
        else
            Assert.Equal("Runware.invalidNumberResults", (await Assert.ThrowsAsync<RunwareException>(() => price)).ErrorId);
    }

    [Fact]
    public async Task Further_fields_stand_among_those_of_the_module()
    {
        _service.Switches = new EmulatorSwitches { OtherModels = true };
        Hashtable option = new()
        {
            ["seed"] = 7,
            ["speech.pitch"] = -2,
            ["settings"] = new Hashtable { ["temperature"] = 0.8 },
            ["speech"] = new Hashtable { ["emotion"] = "happy" },
        };
        SpeechRow row = new() { Text = "Hello", Model = "minimax:speech@2.8", MaxNewTokens = "9", Option = option };
        JsonElement task = await SubmitAsync(row, wait: true);
        Assert.Equal("""{"text":"Hello","emotion":"happy","pitch":-2}""", task.GetProperty("speech").GetRawText());
        Assert.Equal("""{"maxNewTokens":9,"temperature":0.8}""", task.GetProperty("settings").GetRawText());
        Assert.Equal(7, task.GetProperty("seed").GetInt32());

        task = await SubmitAsync(row with { Option = null, Voice = "English_expressive_narrator" }, wait: true);
        Assert.Equal("""{"text":"Hello","voice":"English_expressive_narrator"}""", task.GetProperty("speech").GetRawText());
    }

    [Fact]
    public async Task What_is_to_be_uploaded_arrives_whole()
    {
        (HttpListener storage, string address) = Loopback.Listen();
        using HttpListener owned = storage;
        Task<(string Method, byte[] Body)> put = TakeAsync(storage);
        TtsSpeech speech = Assert.Single(_service.Run([new SpeechRow { Text = "Hello", UploadEndpoint = address + "hello.mp3" }], _folder.Path).Spoken());
        (string method, byte[] body) = await put;
        Assert.Equal("PUT", method);
        Assert.Equal(await File.ReadAllBytesAsync(speech.Path!), body);
    }

    private static async Task<(string Method, byte[] Body)> TakeAsync(HttpListener storage)
    {
        HttpListenerContext context = await storage.GetContextAsync();
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.Close();
        return (context.Request.HttpMethod, body.ToArray());
    }

    private async Task<JsonElement> SubmitAsync(SpeechRow row, bool wait)
    {
        RowReading reading = RowReader.Read(row);
        Assert.Empty(reading.Problems);
        await _service.Provider().SubmitAsync(Guid.NewGuid(), reading.Request!, wait, CancellationToken.None);
        Assert.Equal(_service.Record.Tasks.Count, _service.Record.ChargedTasks);
        using JsonDocument document = JsonDocument.Parse(_service.Record.Tasks[^1].Json);
        return document.RootElement.Clone();
    }
}
