namespace RunwareTts.Providers.Http;

/// <summary>
/// Puts audio to a presigned URL, as the service does: by PUT, and nothing but the bytes. The key is not sent there.
/// </summary>
internal static class AudioUpload
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="TtsException">UploadFailed; transient where another try may help.</exception>
    public static async Task SendAsync(Uri url, Stream audio, CancellationToken token)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Patience);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Put, url) { Content = new StreamContent(audio) };
            using HttpResponseMessage response = await HttpConnections.SendAsync(
                request, patience.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (status is < 200 or >= 300)
                throw Failure($"HTTP {status}.", status is 408 or 429 or >= 500);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            token.ThrowIfCancellationRequested();
            throw Failure(e.Message, transient: true, e);
        }
    }

    private static TtsException Failure(string why, bool transient, Exception? cause = null) =>
        new("UploadFailed", TtsErrorKind.ConnectionError, why, cause) { IsTransient = transient };
}
