using System.Text.Json;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>Every shape in which the service's answers have been seen.</summary>
public sealed class AnswerShapesTests
{
    private const string Id = "7a687894-17db-4452-a7c4-87929a5f31a7";
    private static readonly Guid Task = Guid.Parse(Id);

    [Theory]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}"}]}""")]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","status":"processing","progress":42}]}""")]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","status":"pending","progress":1e30}]}""")]
    public void A_task_under_way_is_not_over(string json)
    {
        TaskAnswer answer = Read(json).Tasks[Task];
        Assert.True(answer.IsRunning);
        Assert.False(answer.IsFinal(1));
        Assert.False(answer.IsFinal(null));
    }

    [Fact]
    public void A_result_that_is_listed_twice_is_one()
    {
        const string First = $$"""{"taskType":"audioInference","taskUUID":"{{Id}}","status":"success","audioUUID":"a","audioURL":"https://x.example/a.wav"}""";
        const string Second = $$"""{"taskType":"audioInference","taskUUID":"{{Id}}","status":"success","audioUUID":"a","cost":0.25}""";
        TaskAnswer answer = Read($$"""{"data":[{{First}},{{Second}},{{First}}]}""").Tasks[Task];
        SpeechResult result = Assert.Single(answer.Results);
        Assert.Equal(("https://x.example/a.wav", 0.25m), (result.Url!.OriginalString, result.Cost));
        Assert.False(answer.IsFinal(2));
    }

    [Fact]
    public void All_results_are_waited_for()
    {
        const string Item = $$"""{"taskType":"audioInference","taskUUID":"{{Id}}","status":"success","audioURL":"https://x.example/a.wav"}""";
        const string Busy = $$"""{"taskType":"audioInference","taskUUID":"{{Id}}","status":"processing"}""";
        Assert.False(Read($$"""{"data":[{{Item}},{{Busy}}]}""").Tasks[Task].IsFinal(2));
        Assert.False(Read($$"""{"data":[{{Item}}]}""").Tasks[Task].IsFinal(2));
        Assert.False(Read($$"""{"data":[{{Item}},{{Busy}}]}""").Tasks[Task].IsFinal(null));
        Assert.True(Read($$"""{"data":[{{Item}},{{Item}}]}""").Tasks[Task].IsFinal(2));
        TaskAnswer partial = Read($$"""{"data":[{{Item}}],"errors":[{"code":"inferenceError","message":"m","taskUUID":"{{Id}}"}]}""").Tasks[Task];
        Assert.True(partial.IsFinal(2));
        Assert.Single(partial.Results);
        Assert.Single(partial.Errors);
    }

    /// <summary>What the emulator has no shape for; those that it has are in ShapeTests.</summary>
    [Theory]
    [InlineData("""{"errors":["Bad."]}""", "unrecognizedResponse")]
    [InlineData("""{"error":"Bad."}""", "unrecognizedResponse")]
    [InlineData("""{"errors":[{"code":"","message":"Bad."}]}""", "unknown")]
    public void An_error_in_no_shape_is_one_all_the_same(string json, string code)
    {
        RunwareException error = Assert.Single(Read(json).Unaddressed);
        Assert.Equal((code, $"Runware.{code}"), (error.Code, error.ErrorId));
        Assert.Contains("Bad", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"speech.voice\"", "[\"ryan\",\"aiden\"]", "speech.voice", "ryan, aiden")]
    [InlineData("[\"ttl\",\"outputType\"]", "{\"mp3\":[8,64]}", "ttl, outputType", "mp3: [8,64]")]
    [InlineData("null", "null", "", "")]
    public void Parameter_and_allowed_values_come_in_two_forms_each(string parameter, string allowed, string parameters, string values)
    {
        RunwareException error = Assert.Single(Read($$"""{"errors":[{"code":"c","message":"m","parameter":{{parameter}},"allowedValues":{{allowed}},"documentation":"https://d.example/x","min":1,"max":4,"multiplier":0.5}]}""").Unaddressed);
        Assert.Equal(parameters, string.Join(", ", error.Parameters));
        Assert.Equal(values, string.Join(", ", error.AllowedValues));
        Assert.Equal("https://d.example/x", error.Documentation);
        Assert.Contains("https://d.example/x", error.Message, StringComparison.Ordinal);
        Assert.Contains(values.Length > 0 ? values : "1 to 4 in steps of 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_object_is_read_whole()
    {
        RunwareException error = (RunwareException)Assert.Single(Read($$"""
            {"errors":[{"code":"unsupportedDuration","message":"Unsupported value for 'duration'.","parameter":"duration","type":"float","taskType":"audioInference",
            "taskUUID":"{{Id}}","documentation":"https://runware.ai/docs/x","allowedValues":[1,"2"],"min":1,"max":4,"multiplier":1,"status":"error"}]}
            """, 400).Tasks[Task].Errors);
        Assert.Equal(("unsupportedDuration", "duration", "https://runware.ai/docs/x", 400), (error.Code, error.Parameters.Single(), error.Documentation, error.HttpStatus));
        Assert.Equal(["1", "2"], error.AllowedValues);
        Assert.Equal(Task, error.TaskUUID);
        Assert.Equal("Unsupported value for 'duration' (Runware code unsupportedDuration, parameter duration, HTTP 400). Allowed: 1, 2. Change the row. See https://runware.ai/docs/x.", error.Message);
    }

    [Theory]
    [InlineData($$"""[{"code":"invalidX","message":"Bad.","taskType":"audioInference","taskUUID":"{{Id}}"}]""")]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","code":"invalidX","message":"Bad."}]}""")]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","status":"error","error":[{"code":"invalidX","message":"Bad."}]}]}""")]
    [InlineData($$"""{"errors":null,"error":{"code":"invalidX","message":"Bad."},"taskUUID":"{{Id}}"}""")]
    [InlineData($$"""{"data":null,"errors":[{"code":"invalidX","message":"Bad.","taskUUID":"{{Id}}"}]}""")]
    [InlineData($$"""{"data":[],"errors":[],"error":[{"code":"invalidX","message":"Bad.","context":{"taskUUID":"{{Id}}"} }]}""")]
    public void An_error_that_looks_like_something_else_is_an_error(string json)
    {
        TaskAnswer answer = Read(json).Tasks[Task];
        Assert.False(answer.IsRunning);
        Assert.Equal("invalidX", Assert.IsType<RunwareException>(Assert.Single(answer.Errors)).Code);
    }

    [Theory]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","message":"taken","code":200}],"message":"ok","code":200,"error":false}""")]
    [InlineData($$"""{"data":[{"taskType":"audioInference","taskUUID":"{{Id}}","status":"processing","code":"x","error":null}],"errors":null,"error":null}""")]
    public void What_looks_like_an_error_and_is_none_is_none(string json)
    {
        WireAnswer answer = Read(json);
        Assert.True(answer.Tasks[Task].IsRunning);
        Assert.Empty(answer.Tasks[Task].Errors);
        Assert.Empty(answer.Unaddressed);
    }

    [Theory]
    [InlineData("inferenceError", 200, true)]
    [InlineData("contentPolicyViolation", 200, true)]
    [InlineData("timeoutProvider", 200, false)]
    [InlineData("rateLimitExceeded", 200, false)]
    [InlineData("internalServerError", 200, false)]
    [InlineData("inferenceError", 500, false)]
    public void An_error_without_a_name_ends_the_task_that_was_asked_for_unless_asking_was_what_failed(string code, int status, bool ends)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"errors":[{"code":"{{code}}","message":"m"}]}""");
        WireAnswer answer = WireAnswer.Read(document.RootElement, new WireContext(status, AskedTask: Task));
        Assert.Equal(ends, answer.Tasks.TryGetValue(Task, out TaskAnswer? mine) && mine.IsFinal(1) && !mine.Errors[0].IsTransient);
        Assert.Equal(!ends, answer.Unaddressed.SingleOrDefault()?.IsTransient ?? false);
    }

    [Theory]
    [InlineData("invalidApiKey", 401, TtsErrorKind.AuthenticationError, false, true)]
    [InlineData("insufficientCredits", 402, TtsErrorKind.LimitsExceeded, false, true)]
    [InlineData("forbidden", 403, TtsErrorKind.PermissionDenied, false, true)]
    [InlineData("inferenceRateLimitExceeded", 429, TtsErrorKind.LimitsExceeded, true, false)]
    [InlineData("timeoutProvider", 504, TtsErrorKind.OperationTimeout, true, false)]
    [InlineData("internalServerError", 500, TtsErrorKind.ResourceUnavailable, true, false)]
    [InlineData("providerUnavailable", 503, TtsErrorKind.ResourceUnavailable, true, false)]
    [InlineData("modelNotFound", 404, TtsErrorKind.ObjectNotFound, false, false)]
    [InlineData("contentPolicyViolation", 400, TtsErrorKind.PermissionDenied, false, false)]
    [InlineData("conflictTaskUUID", 400, TtsErrorKind.InvalidArgument, false, false)]
    [InlineData("unsupportedDuration", 400, TtsErrorKind.InvalidArgument, false, false)]
    [InlineData("invalidToken", 401, TtsErrorKind.AuthenticationError, false, true)]
    [InlineData("loadBalancerError", 500, TtsErrorKind.ResourceUnavailable, true, false)]
    [InlineData("unsupportedProviderSettings", 400, TtsErrorKind.InvalidArgument, false, false)]
    [InlineData("authTimeout", 400, TtsErrorKind.AuthenticationError, false, true)]
    [InlineData("somethingNew", 403, TtsErrorKind.PermissionDenied, false, false)]
    [InlineData("conflictTaskUUID", 409, TtsErrorKind.InvalidArgument, false, false)]
    [InlineData("somethingNew", 408, TtsErrorKind.OperationTimeout, true, false)]
    [InlineData("somethingNew", 502, TtsErrorKind.ResourceUnavailable, true, false)]
    [InlineData("somethingNew", 503, TtsErrorKind.ResourceUnavailable, true, false)]
    [InlineData("somethingNew", 429, TtsErrorKind.LimitsExceeded, true, false)]
    [InlineData("somethingNew", 400, TtsErrorKind.InvalidArgument, false, false)]
    public void A_code_tells_what_may_be_done(string code, int status, TtsErrorKind kind, bool transient, bool ends)
    {
        RunwareException error = Assert.Single(Read($$"""{"errors":[{"code":"{{code}}","message":"m"}]}""", status).Unaddressed);
        Assert.Equal((kind, transient, ends), (error.Kind, error.IsTransient, error.EndsPipeline));
    }

    [Fact]
    public void What_names_no_task_is_about_the_only_one_that_was_sent()
    {
        using JsonDocument document = JsonDocument.Parse("""{"data":[{"audioUUID":"a","audioURL":"https://x.example/a.wav"}],"errors":[{"code":"inferenceError","message":"m"}]}""");
        WireAnswer answer = WireAnswer.Read(document.RootElement, new WireContext(200, OnlyTask: Task));
        Assert.Empty(answer.Unaddressed);
        Assert.True(answer.Tasks[Task].IsFinal(2));
    }

    [Fact]
    public void Neither_the_key_nor_a_presigned_query_comes_back_in_the_words_of_the_service()
    {
        using JsonDocument document = JsonDocument.Parse("""{"errors":[{"code":"c","message":"Key SECRETKEY cannot PUT to 'https://b.example/x?X-Amz-Signature=SECRETSIG'","allowedValues":["https://b.example/y?sig=SECRETSIG"]}]}""");
        RunwareException error = Assert.Single(WireAnswer.Read(document.RootElement, new WireContext(400, Key: ApiKey.From("SECRETKEY"))).Unaddressed);
        Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", string.Join(" ", error.AllowedValues), StringComparison.Ordinal);
        Assert.Contains("https://b.example/x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_in_the_words_of_the_service_is_shown_as_it_was_written() =>
        Assert.Contains(@"\ud800", Assert.Single(Read("""{"errors":[{"code":"c","message":"a\ud800b"}]}""").Unaddressed).Message, StringComparison.Ordinal);

    [Fact]
    public void A_task_that_was_taken_and_failed_is_not_sent_again()
    {
        RunwareException error = (RunwareException)Assert.Single(Read($$"""{"errors":[{"code":"timeoutProvider","message":"m","taskUUID":"{{Id}}","status":"error"}]}""").Tasks[Task].Errors);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[],"errors":[]}""")]
    [InlineData("""{"data":[17,"x",null,{}]}""")]
    public void Nothing_said_of_a_task_is_nothing_known(string json) => Assert.Empty(Read(json).Tasks);

    private static WireAnswer Read(string json, int status = 200)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return WireAnswer.Read(document.RootElement, new WireContext(status));
    }
}
