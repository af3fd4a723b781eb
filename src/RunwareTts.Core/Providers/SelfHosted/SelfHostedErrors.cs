using RunwareTts.Providers.SelfHosted;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException BadServers(string why) =>
        new("InvalidRequest.SelfHosted", TtsErrorKind.InvalidArgument, $"{why} SelfHosted is a table of URLs by model "
            + "(CustomVoice, VoiceDesign, Base), each one URL or a list of them, such as "
            + "@{ CustomVoice = 'http://gpu1:8091', 'http://gpu2:8091' }.")
            { EndsPipeline = true };

    public static TtsException NoServer(string model) =>
        NotSupported("Model", SelfHostedProvider.ProviderName, $"no server is connected for {model}. Add one with "
            + $"Connect-TtsService -SelfHosted @{{ {model} = 'http://...' }}, or leave such rows out.");

    /// <summary>No server of a model has answered for a while.</summary>
    /// <param name="model">The model.</param>
    /// <param name="problems">What is wrong with each of its servers.</param>
    /// <param name="isAll">No server of any model answers.</param>
    public static TtsException ServersDown(string model, IEnumerable<string> problems, bool isAll) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"No server of {model} answers. "
            + $"{string.Join(" ", problems)} Start it again, then run the same command: rows that are done are not "
            + "generated again.") { EndsPipeline = isAll };

    public static TtsException NoServerAnswers(IEnumerable<string> problems) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"No server answers. {string.Join(" ", problems)} "
            + "Check the URLs, and that the servers have loaded their models.") { EndsPipeline = true };

    public static TtsException NoSpeechServer(string server) =>
        ServerNotReached(server, "there is no speech API (v1/audio/speech) at this address", null);

    public static TtsException ServerNotReached(string server, string why, Exception? cause) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError,
            $"{server} does not answer: {Sentence.End(why)}", cause);

    public static TtsException ServerBroke(string server, string why, Exception? cause) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError,
            $"{server} did not finish its answer: {Sentence.End(why)}", cause);

    /// <summary>Two servers have failed with the same text.</summary>
    public static TtsException ServersFailed(TtsException first, TtsException last) =>
        new(last.ErrorId, last.Kind, $"The text failed twice, so it is not sent again. First: {first.Message} "
            + $"Then: {last.Message} If the servers were stopped at that moment, run the row again; otherwise change "
            + "the text, or check the logs of the servers.", last);

    public static TtsException ServerAnswer(
        string code, TtsErrorKind kind, string message, bool endsPipeline = false) =>
        new($"SelfHosted.{code}", kind, message) { EndsPipeline = endsPipeline };

    /// <summary>The code of an error for which the server has no code of its own.</summary>
    public static string HttpCode(int status) => FormattableString.Invariant($"http{status}");

    public static string ServerSays(string server, int status, string words, string next = "") =>
        FormattableString.Invariant($"{server} answered HTTP {status}: {Sentence.End(words)} {next}").TrimEnd();

    /// <summary>The server is well, and would refuse this row each time.</summary>
    public static TtsException RowRefused(string server, string code, int status, ServerError error) =>
        ServerAnswer(code, status == 413 ? TtsErrorKind.LimitsExceeded : TtsErrorKind.InvalidArgument,
            ServerSays(server, status, error.Message,
                $"{(error.Field is { } field ? $"It is about the field {field}. " : "")}Change the row."));

    public static TtsException ServerRedirects(string server, int status, string location) =>
        ServerAnswer(HttpCode(status), TtsErrorKind.ConnectionError,
            PointsElsewhere(FormattableString.Invariant($"{server} answered HTTP {status}"), location));

    public static string PointsElsewhere(string answer, string location) =>
        $"{answer} and points to {location}, which is not followed. Give that address, if it is the right one.";

    /// <summary>A proxy or a sign-in page between this machine and all servers.</summary>
    public static TtsException NetworkBlocks(string server, int status, string words, string advice) =>
        ServerAnswer(HttpCode(status), TtsErrorKind.AuthenticationError,
            ServerSays(server, status, words, advice), endsPipeline: true);

    public static TtsException ServerAudioTooLarge(string server, long maxBytes) =>
        ServerAnswer("tooLarge", TtsErrorKind.InvalidResult, FormattableString.Invariant(
            $"{server} answered with more than {maxBytes} bytes, which is more than any speech has. Change the row, ")
            + "or check the log of the server.");

    public static TtsException ServerSentText(string server, string words) =>
        ServerAnswer("noAudio", TtsErrorKind.InvalidResult,
            $"{server} answered with text instead of audio: {Sentence.End(words)}");

    public static TtsException ServerSentNothing(string server) =>
        ServerAnswer("noAudio", TtsErrorKind.InvalidResult, $"{server} answered with no bytes instead of audio.");

    public static TtsException ServerKeyRefused(string server, int status, string words) =>
        ServerAnswer(HttpCode(status), TtsErrorKind.AuthenticationError, FormattableString.Invariant(
            $"{server} refuses the key (HTTP {status}): {Sentence.End(words)} ")
            + "Give the server's key: Connect-TtsService -SelfHosted ... -ApiKey ...",
            endsPipeline: true);

    public static TtsException ServesOther(string server, string served, string model) =>
        Invalid("Model", $"{server} serves {served} and not {model}. Give each URL under the model that its server "
            + "was started with: Connect-TtsService -SelfHosted.");

    /// <summary>A server's limit is lower than that of the hosted service.</summary>
    public static TtsException InstructionsTooLong(
        string parameter, string server, int length, string words, string? flag) =>
        Invalid(parameter, FormattableString.Invariant($"{parameter} has {length} characters, which is more than ")
            + $"{server} allows: {Sentence.End(words)} Shorten it, or start the server with a higher limit"
            + (flag is null ? "." : $" ({flag})."));

    public static TtsException ServerEncodesNothing(string server) =>
        ServerAnswer("http503", TtsErrorKind.ResourceUnavailable,
            $"{server} says that it has no encoder, even for WAV, which needs none. Look into its log.");

    public static TtsException ServerAudioBroken(string server, string fault) =>
        ServerAnswer("brokenAudio", TtsErrorKind.InvalidResult,
            $"{server} answered with audio that is not complete: {Sentence.End(fault)}");

    public static TtsException ServerClonesNothing(string server) =>
        NotSupported("ReferenceAudio", SelfHostedProvider.ProviderName, $"{server} is a server of the OpenAI API, "
            + "which has no field for a clip. Use vLLM-Omni or SGLang-Omni for Base; if it is one of them behind a "
            + "gateway, give its -ServerKind.");
}
