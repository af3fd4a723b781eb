using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>What the service sends by itself: uploads and webhooks.</summary>
internal sealed class Deliveries : IDisposable
{
    private const int WebhookAttempts = 6;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public Task<bool> PutAsync(Uri to, byte[] audio, string format, CancellationToken stopping)
    {
        var content = new ByteArrayContent(audio);
        content.Headers.ContentType = new MediaTypeHeaderValue(PageRules.ContentType(format));
        return SendAsync(HttpMethod.Put, to, content, TimeSpan.FromSeconds(30), stopping);
    }

    public async Task PostAsync(Uri to, JsonObject item, CancellationToken stopping)
    {
        var json = Wire.Json(item);
        var pause = TimeSpan.FromMilliseconds(250);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var content = new StringContent(json, Encoding.UTF8, "application/json");
                if (await SendAsync(HttpMethod.Post, to, content, AnswerTime, stopping) || attempt == WebhookAttempts) return;
                await Task.Delay(pause, stopping);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> SendAsync(HttpMethod method, Uri to, HttpContent content, TimeSpan time, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(time);
        using var request = new HttpRequestMessage(method, to) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
