using RunwareTts.Providers.Http;
using RunwareTts.Providers.SelfHosted;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>The words of an error, out of whatever a server sends.</summary>
public sealed class ServerErrorTests
{
    private const int MaxLength = 503;

    private static readonly ApiKey Key = ApiKey.From("sk-5ecret")!;

    [Theory]
    // OpenAI
    [InlineData("""{"error":{"message":"No.","type":"BadRequestError","param":"speed","code":400}}""", "No.",
        "BadRequestError", "speed")]
    [InlineData("""{"error":{"message":"No.","type":"x","param":null,"code":"model_not_found"}}""", "No.",
        "model_not_found", null)]
    [InlineData("""{"error":{"message":"No.","type":null,"code":"400"}}""", "No.", null, null)]
    [InlineData("""{"error":{"code":"a"}}""", """{"code":"a"}""", "a", null)]
    [InlineData(
        """{"object":"error","message":"No.","type":"BadRequestError","code":400}""", "No.", "BadRequestError", null)]
    // FastAPI
    [InlineData("""{"detail":"Not Found"}""", "Not Found", null, null)]
    [InlineData("""{"detail":{"error":"invalid_model","message":"No.","type":"invalid_request_error"}}""", "No.",
        "invalid_request_error", null)]
    [InlineData("""{"detail":{"error":"busy"}}""", "busy", null, null)]
    [InlineData("""{"detail":[{"type":"missing","loc":["body","input"],"msg":"Field required"}]}""",
        "input: Field required", "missing", "input")]
    [InlineData("""{"detail":[{"loc":["body","a"],"msg":"x"},{"loc":["body",3],"msg":"y"},{"msg":"z"},"w"]}""",
        "a: x; 3: y; z; w", null, "a")]
    [InlineData("""{"detail":[]}""", "[]", null, null)]
    // Others
    [InlineData("""{"error":"Unauthorized"}""", "Unauthorized", null, null)]
    [InlineData(
        """{"status":500,"error":"Internal Server Error","message":"out of memory"}""", "out of memory", null, null)]
    [InlineData("""{"message":"No."}""", "No.", null, null)]
    [InlineData("""{"error":null,"detail":"No."}""", "No.", null, null)]
    [InlineData("""{"error":7}""", "7", null, null)]
    [InlineData("""{"odd":[1]}""", """{"odd":[1]}""", null, null)]
    [InlineData("\"No.\"", "No.", null, null)]
    [InlineData("""["a","b"]""", "a; b", null, null)]
    [InlineData("null", "the server gave no message", null, null)]
    [InlineData("""{"error":{"message":"\ud800"}}""", "\"\\ud800\"", null, null)]
    [InlineData("""{"error":{"message":" two\n\tlines "}}""", "two lines", null, null)]
    // No JSON
    [InlineData("", "the server gave no message", null, null)]
    [InlineData(" \r\n ", "the server gave no message", null, null)]
    [InlineData("Internal Server Error", "Internal Server Error", null, null)]
    [InlineData("{\"error\":{\"mess", "{\"error\":{\"mess", null, null)]
    [InlineData("<html><h1>502 Bad Gateway</h1></html>", "the answer is a web page", null, null)]
    [InlineData("\n<!DOCTYPE html>", "the answer is a web page", null, null)]
    public void Each_shape_is_read(string body, string message, string? code, string? field)
    {
        ServerError error = ServerError.Read(body, null);
        Assert.Equal((message, code, field), (error.Message, error.Code, error.Field));
    }

    [Fact]
    public void Long_words_are_cut()
    {
        string word = new('a', 100_000);
        Assert.All(
            (string[])[word, $$$"""{"error":{"message":"{{{word}}}"}}""", $$"""{"detail":[{"msg":"{{word}}"}]}"""],
            body => Assert.Equal(MaxLength, ServerError.Read(body, null).Message.Length));
        ServerError named = ServerError.Read(
            $$$"""{"error":{"message":"No.","code":"{{{word}}}","param":"{{{word}}}"}}""", null);
        Assert.InRange(named.Code!.Length, 1, 100);
        Assert.InRange(named.Field!.Length, 1, 103);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"error\":", "}")]
    [InlineData("{\"detail\":[", "]}")]
    public void Deep_json_is_no_danger(string open, string close)
    {
        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        Assert.All(
            (int[])[10, 30, 60, 10_000],
            depth => Assert.InRange(ServerError.Read(Nested(depth), null).Message.Length, 1, MaxLength));
    }

    [Theory]
    [InlineData("Bad key sk-5ecret given")]
    [InlineData("""{"error":{"message":"Bad key sk-5ecret given","code":"sk-5ecret","param":"sk-5ecret"}}""")]
    [InlineData("""{"error":{"message":"Bad key \u0073k-5ecret given","code":"a"}}""")]
    [InlineData("""{"detail":[{"loc":["header","sk-5ecret"],"msg":"See http://a.example/x?sig=5ecret"}]}""")]
    public void The_key_and_signatures_are_not_repeated(string body)
    {
        ServerError error = ServerError.Read(body, Key);
        Assert.DoesNotContain("5ecret", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("****", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Instructions too long (max 500 characters)"}}""", true)]
    [InlineData("""{"detail":[{"loc":["body","instruct"],"msg":"String should have at most 300 characters"}]}""", true)]
    [InlineData("""{"error":{"message":"must not exceed 500","param":"instructions"}}""", true)]
    [InlineData("""{"error":{"message":"instructions must be a string","param":"instructions"}}""", false)]
    [InlineData("""{"error":{"message":"VoiceDesign task requires 'instructions' to describe the voice"}}""", false)]
    [InlineData("""{"detail":[{"loc":["body","input"],"msg":"String should have at most 4096 characters"}]}""", false)]
    public void Instructions_that_are_too_long_are_recognized(string body, bool isTooLong) =>
        Assert.Equal(isTooLong, ServerError.Read(body, null).IsTooLong);

    [Theory]
    [InlineData(
        """{"error":{"message":"The model 'x' does not exist.","param":"model","code":"model_not_found"}}""", true)]
    [InlineData(
        """{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","param":"model","code":404}}""",
        true)]
    [InlineData(
        """{"error":{"message":"Qwen3-TTS Base checkpoint does not support task_type='CustomVoice'."}}""", true)]
    [InlineData("""{"error":{"message":"task_type must be one of: CustomVoice","param":"task_type"}}""", true)]
    [InlineData("""{"error":{"message":"Qwen3-TTS Base checkpoint does not support VoiceDesign"}}""", true)]
    [InlineData("""{"error":{"message":"Qwen3-TTS does not support this voice"}}""", false)]
    [InlineData("""{"detail":[{"loc":["body","model"],"msg":"Field required"}]}""", false)]
    [InlineData("""{"detail":"Not Found"}""", false)]
    public void A_server_of_another_model_is_recognized(string body, bool isOther) =>
        Assert.Equal(isOther, ServerError.Read(body, null).IsOtherModel);
}
