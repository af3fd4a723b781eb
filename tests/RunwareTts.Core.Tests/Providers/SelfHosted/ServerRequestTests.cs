using System.Text.Json;
using System.Text.Json.Nodes;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using Kind = RunwareTts.Providers.SelfHosted.ServerKind;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>The body of a request, field by field, for each kind of server and each model.</summary>
public sealed class ServerRequestTests
{
    private const string ClipUrl = "https://cdn.example/clip.wav";

    private static readonly SpeechRow Full = new()
    {
        Text = "Mind the gap",
        Language = "en",
        Speed = "0.94",
        OutputFormat = "FLAC",
        MaxNewTokens = "512",
    };

    private static readonly SpeechRow Bare = new() { Text = "Hi", Voice = "ryan" };

    [Theory]
    [InlineData(Kind.VllmOmni, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"CustomVoice","voice":"ryan","instructions":"Whisper","max_new_tokens":512,"seed":7}
        """)]
    [InlineData(Kind.SglangOmni, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"CustomVoice","voice":"ryan","instructions":"Whisper","max_new_tokens":512,"seed":7}
        """)]
    [InlineData(Kind.OpenAI, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "voice":"ryan","instructions":"Whisper","instruct":"Whisper","max_new_tokens":512}
        """)]
    public void CustomVoice_with_all_fields(Kind kind, string body) =>
        Assert.Equal(OneLine(body), Body(kind, Full with { Voice = "ryan", Style = "Whisper" }, seed: 7));

    [Theory]
    [InlineData(Kind.VllmOmni, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"VoiceDesign","instructions":"A calm old man","max_new_tokens":512}
        """)]
    [InlineData(Kind.SglangOmni, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"VoiceDesign","voice":"default","instructions":"A calm old man","max_new_tokens":512}
        """)]
    [InlineData(Kind.OpenAI, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "instructions":"A calm old man","instruct":"A calm old man","max_new_tokens":512}
        """)]
    public void VoiceDesign_with_all_fields(Kind kind, string body) =>
        Assert.Equal(OneLine(body), Body(kind, Full with { VoiceDescription = "A calm old man" }));

    // vLLM-Omni crashes on a voice next to a clip, and SGLang-Omni demands one.
    [Theory]
    [InlineData(Kind.VllmOmni, "Hello", """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"Base","max_new_tokens":512,"ref_audio":"https://cdn.example/clip.wav","ref_text":"Hello"}
        """)]
    [InlineData(Kind.VllmOmni, null, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"Base","max_new_tokens":512,"ref_audio":"https://cdn.example/clip.wav","x_vector_only_mode":true}
        """)]
    [InlineData(Kind.SglangOmni, "Hello", """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"Base","voice":"default","max_new_tokens":512,"ref_audio":"https://cdn.example/clip.wav",
        "ref_text":"Hello"}
        """)]
    [InlineData(Kind.SglangOmni, null, """
        {"model":"served","input":"Mind the gap","response_format":"flac","speed":0.94,"language":"English",
        "task_type":"Base","voice":"default","max_new_tokens":512,"ref_audio":"https://cdn.example/clip.wav",
        "x_vector_only_mode":true}
        """)]
    public void Base_with_a_transcript_and_without(Kind kind, string? transcript, string body) =>
        Assert.Equal(
            OneLine(body), Body(kind, Full with { ReferenceAudio = ClipUrl, Transcript = transcript }, ClipUrl));

    [Theory]
    [InlineData(Kind.VllmOmni, """
        {"model":"served","input":"Hi","response_format":"mp3","task_type":"CustomVoice","voice":"ryan",
        "max_new_tokens":2048}
        """)]
    [InlineData(Kind.SglangOmni, """
        {"model":"served","input":"Hi","response_format":"mp3","task_type":"CustomVoice","voice":"ryan",
        "max_new_tokens":2048}
        """)]
    [InlineData(Kind.OpenAI, """
        {"model":"served","input":"Hi","response_format":"mp3","voice":"ryan"}
        """)]
    public void What_is_not_given_is_not_sent_but_for_the_cap(Kind kind, string body) =>
        Assert.Equal(OneLine(body), Body(kind, Bare));

    [Fact]
    public void A_server_that_names_no_model_gets_no_name() =>
        Assert.Equal("""{"input":"Hi","response_format":"wav","voice":"ryan"}""",
            new ServerRequest(OwnServer.Read(Bare), null, null).ToJson(new ServerProfile(Kind.OpenAI, null), "wav")
                .ToJsonString());

    [Theory]
    [InlineData("\"quoted\" \\ and\nlines")]
    [InlineData("\u4F60\u597D \U0001F600 \u00E9")]
    [InlineData("</script> & 'so'")]
    public void A_text_arrives_as_it_is(string text)
    {
        using JsonDocument body = JsonDocument.Parse(Body(Kind.VllmOmni, Bare with { Text = text }));
        Assert.Equal(text, body.RootElement.GetProperty("input").GetString());
    }

    [Fact]
    public void Fields_of_Option_are_added_with_their_types_and_come_last()
    {
        RequestOption option = new("""{"seed":5,"temperature":0.7,"extra_params":{"a":[1,"b",true]},"top_k":null}""");
        Assert.EndsWith(
            """max_new_tokens":2048,"seed":5,"temperature":0.7,"extra_params":{"a":[1,"b",true]},"top_k":null}""",
            Body(Kind.VllmOmni, Bare, option: option), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_results_each_has_a_seed_of_its_own_whatever_Option_says()
    {
        RequestOption option = new("""{"seed":5,"temperature":0.7}""");
        Assert.EndsWith(
            """ "seed":6,"temperature":0.7}""".Trim(), Body(Kind.SglangOmni, Bare, seed: 6, option: option),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_request_can_be_written_for_several_servers()
    {
        ServerRequest request = new(
            OwnServer.Read(Bare) with { Option = new RequestOption("""{"temperature":0.7}""") }, null, null);
        string[] bodies = [.. Enumerable.Range(0, 3)
            .Select(_ => request.ToJson(new ServerProfile(Kind.VllmOmni, null), "wav").ToJsonString())];
        Assert.Single(bodies.Distinct());
    }

    [Theory]
    [InlineData("input", "use Text")]
    [InlineData("Model", "use Model")]
    [InlineData("task_type", "use Model")]
    [InlineData("voice", "use Voice")]
    [InlineData("speaker", "use Voice")]
    [InlineData("instructions", "use Style or VoiceDescription")]
    [InlineData("instruct", "use Style or VoiceDescription")]
    [InlineData("language", "use Language")]
    [InlineData("speed", "use Speed")]
    [InlineData("response_format", "use OutputFormat")]
    [InlineData("sample_rate", "use SampleRate")]
    [InlineData("MAX_NEW_TOKENS", "use MaxNewTokens")]
    [InlineData("ref_audio", "use ReferenceAudio")]
    [InlineData("references", "use ReferenceAudio")]
    [InlineData("ref_text", "use Transcript")]
    [InlineData("x_vector_only_mode", "leave the Transcript out")]
    [InlineData("stream", "results come whole")]
    [InlineData("stream_format", "results come whole")]
    public void A_field_that_has_a_parameter_is_refused(string field, string instead)
    {
        TtsException? error = Refusal(new RequestOption($$"""{"a":1,"{{field}}":"x"}"""));
        Assert.Equal("NotSupported.Option", error?.ErrorId);
        Assert.Contains(
            $"the field {field} has a parameter of its own: {instead}.", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"seed":1}""")]
    [InlineData("""{"temperature":0.5,"top_p":1}""")]
    [InlineData("""{"extra_params":{"input":"x"}}""")]
    public void Any_other_field_is_not(string option) => Assert.Null(Refusal(new RequestOption(option)));

    private static TtsException? Refusal(RequestOption option)
    {
        ServerFleet fleet = ServerFleet.Read(
            new Dictionary<string, string> { ["CustomVoice"] = "http://gpu.example:8091" }, null, null);
        return new SelfHostedProvider(fleet).FindUnsupported(OwnServer.Read(Bare) with { Option = option }, wait: true);
    }

    private static string Body(
        Kind kind, SpeechRow row, string? clip = null, int? seed = null, RequestOption? option = null)
    {
        SpeechRequest request = OwnServer.Read(row) with { Option = option };
        JsonObject body = new ServerRequest(request, clip, seed)
            .ToJson(new ServerProfile(kind, "served"), ServerAudio.FormatFor(request));
        return body.ToJsonString();
    }

    private static string OneLine(string json) => json.ReplaceLineEndings("");
}
