using System.Buffers;

namespace RunwareTts.Runware;

/// <summary>Fetches audio from where the service put it. The key is not sent there.</summary>
internal static class AudioDownload
{
    private const int Chunk = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Writes a result's bytes, wherever they are.</summary>
    /// <exception cref="TtsException">DownloadFailed; transient where another try may help.</exception>
    public static Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        result.Data is { } data ? destination.WriteAsync(data, 0, data.Length, token)
        : result.Url is { } url ? CopyAsync(url, destination, token)
        : throw new TtsException("DownloadFailed", TtsErrorKind.InvalidResult, "There is no audio for this result, neither by URL nor as data.");

    private static async Task CopyAsync(Uri url, Stream destination, CancellationToken token)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Patience);
        try
        {
            using HttpResponseMessage response = await RunwareHttp.DownloadAsync(url, patience.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (status is 403 or 404 or 410)
                throw Failed($"HTTP {status}: the audio is not there, or no longer (a URL lives for a limited time; see -Ttl).", transient: true, isGone: true);
            if (status is < 200 or >= 300)
                throw Failed($"HTTP {status}.", transient: status is 408 or 429 or >= 500);
            if (response.Content.Headers.ContentType?.MediaType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
                throw Failed($"a page of type {type} came instead of audio.", transient: true);

            using Stream body = await RunwareHttp.ReadAsync(response, patience.Token).ConfigureAwait(false);
            long before = destination.Position;
            await CopyAsync(body, destination, patience.Token).ConfigureAwait(false);
            if (response.Content.Headers.ContentLength is { } length && length != destination.Position - before)
                throw Failed($"{destination.Position - before} of {length} bytes came.", transient: true);
        }
        catch (Exception e) when (FromNetwork(e) || e is OperationCanceledException or ObjectDisposedException)
        {
            token.ThrowIfCancellationRequested();
            throw Failed(e.Message, transient: true, e);
        }
    }

    // Files are written at once: "asynchronously" would only have another thread do it.
    private static async Task CopyAsync(Stream from, Stream to, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (await from.ReadAsync(buffer, 0, buffer.Length, token).ConfigureAwait(false) is var read and > 0)
                to.Write(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A full disk is an IOException too, and trying again would not help it.
    private static bool FromNetwork(Exception e) =>
        e is HttpRequestException || e is IOException && (e.InnerException is not null || e.GetType().Name == "HttpIOException");

    private static TtsException Failed(string why, bool transient, Exception? cause = null, bool isGone = false) =>
        new("DownloadFailed", TtsErrorKind.ConnectionError, why, cause) { IsTransient = transient, IsGone = isGone };
}
