using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>What an HTTP error means: for its row, for the server, and for the other servers.</summary>
internal static class ErrorReply
{
    /// <param name="server">The server that answered.</param>
    /// <param name="request">What it was asked for.</param>
    /// <param name="response">Its answer; the body is not read.</param>
    /// <param name="error">The body.</param>
    public static ServerReply Of(
        SpeechServer server, ServerRequest request, HttpResponseMessage response, ServerError error)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 300 and < 400 => new FailedReply(Errors.ServerRedirects(
                server.Name, status, HttpConnections.LocationOf(response))) { IsDown = true },
            407 => new RefusedReply(Errors.NetworkBlocks(server.Name, status, error.Message, NetworkAdvice.Proxy)),
            511 => new RefusedReply(Errors.NetworkBlocks(server.Name, status, error.Message, NetworkAdvice.SignIn)),
            401 or 403 => new RefusedReply(Errors.ServerKeyRefused(server.Name, status, error.Message)),
            503 when error.Field == "response_format" => new NoEncoderReply(),
            429 or 503 => new BusyReply(HttpConnections.RetryAfter(response)),
            400 or 422 when error.IsTooLong && InstructionsOf(request) is var (parameter, length) =>
                new RefusedReply(Errors.InstructionsTooLong(
                    parameter, server.Name, length, error.Message, FlagOf(server))),
            400 or 404 or 422 when error.IsOtherModel => new FailedReply(Errors.ServesOther(
                server.Name, $"another model ({error.Message.TrimEnd('.')})", server.Model.Name))
                { IsDown = true, TextMayBeCause = false },
            404 or 405 => new FailedReply(Errors.ServerAnswer(CodeOf(error, status), TtsErrorKind.ObjectNotFound,
                Errors.ServerSays(server.Name, status, error.Message, "There is no speech server at this address.")))
                { IsDown = true },
            408 or >= 500 => new FailedReply(Errors.ServerAnswer(CodeOf(error, status),
                TtsErrorKind.ResourceUnavailable, Errors.ServerSays(server.Name, status, error.Message)))
                { IsDown = status is 408 or 502 or 504 },
            _ => new RefusedReply(Errors.RowRefused(server.Name, CodeOf(error, status), status, error)),
        };
    }

    private static string CodeOf(ServerError error, int status) =>
        string.Concat((error.Code ?? "").Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')) is
            { Length: > 0 } code ? code : Errors.HttpCode(status);

    private static (string Parameter, int Length)? InstructionsOf(ServerRequest request) =>
        request.Request switch
        {
            { IsClone: true } => null,
            { VoiceDescription: { } description } => ("VoiceDescription", description.Length),
            { Style: { } style } => ("Style", style.Length),
            _ => null,
        };

    private static string? FlagOf(SpeechServer server) =>
        server.Profile?.Kind == ServerKind.VllmOmni ? "vllm serve ... --tts-max-instructions-length" : null;
}
