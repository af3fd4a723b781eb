using System.Net;
using System.Text;

namespace RunwareTts.Webhooks;

/// <summary>What a sender hears.</summary>
internal static class WebhookAnswer
{
    // What a sender without the token may send on after its refusal, so that it gets to read it.
    private const long StrangersDrain = 64 * 1024;
    private static readonly TimeSpan StrangersTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Outside of Windows a closing listener answers what is open, and with 200 if nothing else was said: then a result that
    /// nobody read would count as delivered. It also waits a second for each body unless the connection is to end.
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

    /// <param name="context">The request.</param>
    /// <param name="refusal">Why it is not taken.</param>
    /// <param name="limits">How much may be read and forgotten of a sender that has the token; null for one that has not.</param>
    public static async Task RefuseAsync(HttpListenerContext context, Refusal refusal, WebhookOptions? limits)
    {
        HttpListenerResponse response = context.Response;
        response.StatusCode = refusal.Status;
        if (refusal.Status == 405)
            response.AddHeader("Allow", "POST");
        if (context.Request.HttpMethod != "HEAD")
        {
            using MemoryStream why = new(Encoding.UTF8.GetBytes(refusal.Why));
            response.ContentType = "text/plain; charset=utf-8";
            response.ContentLength64 = why.Length;
            await why.CopyToAsync(response.OutputStream).ConfigureAwait(false);
            await response.OutputStream.FlushAsync().ConfigureAwait(false);
            if (limits is null)
                await WebhookBody.DrainAsync(context.Request.InputStream, StrangersDrain, StrangersTime).ConfigureAwait(false);
            else if (refusal.Status != 408)
                await WebhookBody.DrainAsync(context.Request.InputStream, 2L * limits.MostBody, limits.BodyTime).ConfigureAwait(false);
        }

        response.Close();
    }
}
