using System.Net;
using System.Text;

namespace RunwareTts.Webhooks;

/// <summary>Answers to deliveries.</summary>
internal static class WebhookAnswer
{
    // How much is read of a sender without the token after its refusal, so that it gets to read the answer.
    private const long StrangersDrain = 64 * 1024;
    private static readonly TimeSpan StrangersTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Outside of Windows a closing listener answers open requests, with 200 if no other status was set: a result that
    /// was not read would count as delivered. It also waits a second for each body unless the connection is to end.
    /// </summary>
    public static void Prepare(HttpListenerResponse response)
    {
        response.StatusCode = 503;
        response.KeepAlive = false;
    }

    public static void Accept(HttpListenerResponse response)
    {
        response.StatusCode = 200;
        response.ContentLength64 = 0;
        response.Close();
    }

    /// <summary>The limits say how much to read of a sender with the token; null for one without.</summary>
    public static async Task RefuseAsync(HttpListenerContext context, WebhookRefusal refusal, WebhookOptions? limits)
    {
        HttpListenerResponse response = context.Response;
        response.StatusCode = refusal.Status;
        if (refusal.Status == 405)
            response.AddHeader("Allow", "POST");
        if (context.Request.HttpMethod != "HEAD")
        {
            byte[] why = Encoding.UTF8.GetBytes(refusal.Why);
            response.ContentType = "text/plain; charset=utf-8";
            response.ContentLength64 = why.Length;
            await response.OutputStream.WriteAsync(why.AsMemory()).ConfigureAwait(false);
            await response.OutputStream.FlushAsync().ConfigureAwait(false);
            Stream rest = context.Request.InputStream;
            if (limits is null)
                await WebhookBody.DrainAsync(rest, StrangersDrain, StrangersTime).ConfigureAwait(false);
            else if (refusal.Status != 408)
                await WebhookBody.DrainAsync(rest, 2L * limits.MaxBody, limits.BodyTime).ConfigureAwait(false);
        }

        response.Close();
    }
}

/// <summary>Why a delivery is refused: an HTTP status, and a sentence that repeats nothing of what was sent.</summary>
internal sealed record WebhookRefusal(int Status, string Why);
