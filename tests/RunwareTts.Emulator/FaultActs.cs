using System.Globalization;

namespace RunwareTts.Emulator;

internal static class FaultActs
{
    public const string Page = "<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Please wait</h1></body></html>";

    /// <summary>True when the fault was the whole answer and no work is to be done.</summary>
    public static async Task<bool> InsteadAsync(HttpContext context, Fault? fault)
    {
        switch (fault)
        {
            case Fault.Status status:
                var retryAfter = status.RetryAt is { } wait ? (DateTimeOffset.UtcNow + status.ClockAhead + wait).ToString("R") : status.RetryAfter;
                if (status.ClockAhead != TimeSpan.Zero) context.Response.Headers.Date = (DateTimeOffset.UtcNow + status.ClockAhead).ToString("R");
                if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
                if (status.Body is null) await Wire.ErrorAsync(context, status.Code, Usual(status.Code));
                else await Wire.TextAsync(context, status.Code, "application/json", status.Body);
                return true;
            case Fault.Redirect redirect:
                context.Response.Headers.Location = redirect.Location;
                await Wire.TextAsync(context, redirect.Code, "text/html", Page);
                return true;
            case Fault.ErrorBody error:
                await Wire.TextAsync(context, error.Code, "application/json", error.Json);
                return true;
            case Fault.Html html:
                await Wire.TextAsync(context, html.Code, "text/html", Page);
                return true;
            case Fault.HtmlDownload:
                await Wire.TextAsync(context, 200, "text/html", Page);
                return true;
            case Fault.NotFoundDownload:
                await Wire.TextAsync(context, 404, "text/plain", "Not found");
                return true;
            case Fault.Empty:
                await Wire.TextAsync(context, 200, "application/json", """{"data":[]}""");
                return true;
            case Fault.ResetBeforeAccept:
                Wire.Reset(context);
                return true;
            default:
                return false;
        }
    }

    /// <summary>After the work was taken on. True when there will be no answer.</summary>
    public static async Task<bool> AfterAcceptAsync(HttpContext context, Fault? fault, CancellationToken token)
    {
        if (fault is Fault.Slow slow) await Task.Delay(slow.By, token);
        if (fault is not Fault.ResetAfterAccept) return false;
        Wire.Reset(context);
        return true;
    }

    private static ApiError Usual(int code) => new(
        code switch
        {
            400 => "validationFailed",
            401 => "invalidApiKey",
            402 => "insufficientCredits",
            403 => "forbidden",
            404 => ApiError.TaskNotFound,
            408 or 504 => "providerTimeout",
            409 => "conflictTaskUUID",
            429 => "rateLimitExceeded",
            500 => "internalServerError",
            502 or 503 => "serviceUnavailable",
            _ => "standardError",
        },
        $"A fault on demand: HTTP {code.ToString(CultureInfo.InvariantCulture)}.");
}
