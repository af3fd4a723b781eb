using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using RunwareTts.Audio;

namespace RunwareTts.Providers.Http;

/// <summary>How patient a download is.</summary>
internal sealed record DownloadLimits
{
    /// <summary>How long a server may send nothing. The whole download may take any time.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the rest is asked for; doubled after each try that brought nothing.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Far above any speech, and low enough that no server can fill a disk.</summary>
    public long MaxBytes { get; init; } = 1L << 30;
}

/// <summary>Downloads audio from where the service put it. The key is not sent there.</summary>
/// <param name="endpoint">Where the service is; null for a public address.</param>
/// <param name="limits">How patient it is; null for the usual limits.</param>
internal sealed class AudioDownload(Uri? endpoint, DownloadLimits? limits = null) : IAudioSource
{
    private const int Chunk = 64 * 1024;
    private const int MaxRedirects = 8;
    private const int MaxEmptyTries = 3;
    private const int MaxTries = 100;

    private readonly DownloadLimits _limits = limits ?? new DownloadLimits();
    private readonly Lazy<Task<NetworkArea>> _trusted = new(() => NetworkAreas.FindAsync(endpoint));

    /// <summary>Writes a result's bytes, wherever they are.</summary>
    /// <exception cref="TtsException">DownloadFailed; transient where another try may help.</exception>
    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        result.Data is { } data ? destination.WriteAsync(data, 0, data.Length, token)
        : result.Url is { } url ? CopyAsync(url, destination, token)
        : throw new TtsException("DownloadFailed", TtsErrorKind.InvalidResult,
            "There is no audio for this result, neither by URL nor as data.");

    private async Task CopyAsync(Uri url, Stream destination, CancellationToken token)
    {
        DownloadProgress progress = new(destination);
        int empty = 0;
        for (int tries = 1; ; tries++)
        {
            long before = progress.Length;
            if (await ContinueAsync(url, progress, token).ConfigureAwait(false) is not { } broken)
                return;
            empty = progress.Length > before ? 0 : empty + 1;
            if (!broken.IsTransient || !progress.CanContinue || empty == MaxEmptyTries || tries == MaxTries)
                throw broken;
            TimeSpan pause = broken.RetryAfter is { } asked && asked < _limits.Silence ? asked
                : TimeSpan.FromTicks(_limits.Pause.Ticks << empty);
            await Task.Delay(pause, token).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for what is missing; null when all of it is there.</summary>
    private async Task<TtsException?> ContinueAsync(Uri url, DownloadProgress progress, CancellationToken token)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            using HttpResponseMessage response = await AskAsync(url, progress, patience).ConfigureAwait(false);
            if (progress.IsContinuedBy(response))
                return await ReadAsync(response, progress, patience).ConfigureAwait(false);
            if (progress.CanContinue && response.StatusCode
                is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // It sends another part than the one that is missing: all of it is asked for.
                progress.Restart();
                return await ContinueAsync(url, progress, token).ConfigureAwait(false);
            }

            if (FindFailure(response) is { } failure)
                return failure;
            progress.BeginWith(response);
            return await ReadAsync(response, progress, patience).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFromNetwork(e) || e is AddressRefusedException or OperationCanceledException
            or ObjectDisposedException or InvalidDataException or NotSupportedException)
        {
            token.ThrowIfCancellationRequested();
            if ((e as AddressRefusedException ?? e.InnerException) is AddressRefusedException refused)
                return Refused(refused);
            if (e is NotSupportedException)
                return Failure(e.Message, transient: false, e);
            string why = patience.IsCancellationRequested
                ? string.Format(CultureInfo.InvariantCulture, "no data for {0:0.###} s.", _limits.Silence.TotalSeconds)
                : Sentence.End(e.Message);
            return Failure(why, transient: true, e);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        Uri url, DownloadProgress progress, CancellationTokenSource patience)
    {
        for (int hop = 0; ; hop++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, url);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            progress.Ask(request);
            patience.CancelAfter(_limits.Silence);
            HttpResponseMessage response = await HttpConnections.DownloadAsync(
                request, await _trusted.Value.ConfigureAwait(false), patience.Token).ConfigureAwait(false);
            if (hop == MaxRedirects || Next(url, response) is not { } next)
                return response;
            response.Dispose();
            url = next;
        }
    }

    // It never goes on from https to http.
    private static Uri? Next(Uri url, HttpResponseMessage response) =>
        (int)response.StatusCode is 300 or 301 or 302 or 303 or 307 or 308
        && response.Headers.Location is { } location
        && Uri.TryCreate(url, location, out Uri? next)
        && (next.Scheme == Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttp && url.Scheme == Uri.UriSchemeHttp)
            ? next : null;

    private async Task<TtsException?> ReadAsync(
        HttpResponseMessage response, DownloadProgress progress, CancellationTokenSource patience)
    {
        using Stream body = await HttpConnections.ReadAsync(response, patience.Token).ConfigureAwait(false);
        // The rest of a body begins in the middle of something, by which nothing can be recognized.
        using Stream audio = progress.Length > 0 ? body : await ContentCoding.DecodeAsync(
            body, response.Content.Headers.ContentEncoding, patience.Token).ConfigureAwait(false);
        // Encoded although no header says so: the stated length, and any part, are those of something else.
        if (audio is GZipStream)
            progress.Forget();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (true)
            {
                patience.CancelAfter(_limits.Silence);
                int read = await audio.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
                if (read == 0)
                    break;
                if (progress.Length == 0 && PageType(response, buffer.AsSpan(0, read)) is { } type)
                    return Failure($"the server sent a page of type {type}, not audio.", transient: true);
                if (progress.Length + read > _limits.MaxBytes)
                    return Failure($"it has more than {_limits.MaxBytes} bytes, as no speech has.", transient: false);
                progress.Write(buffer, read);
            }
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // A Brotli stream throws it for bytes that are none.
            return Failure(Sentence.End(e.Message), transient: true, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return progress.IsComplete ? null
            : Failure($"only {progress.Length} of {progress.Total} bytes arrived.", transient: true);
    }

    // Good audio is often typed as text; a page is one only if it reads like one too.
    private static string? PageType(HttpResponseMessage response, ReadOnlySpan<byte> head) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase))
        && ForeignFile.IsText(head.Slice(0, Math.Min(head.Length, ForeignFile.Reach))) ? type : null;

    private static TtsException? FindFailure(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            403 or 404 or 410 => Gone(status),
            206 => Failure("the server sent a part, although all of it was asked for.", transient: true),
            >= 200 and < 300 => null,
            >= 300 and < 400 => Failure(
                $"HTTP {status}: it redirects to {HttpConnections.LocationOf(response)}, which is not followed.",
                transient: false),
            407 => Failure($"HTTP 407: {NetworkAdvice.Proxy}", transient: false),
            511 => Failure($"HTTP 511: {NetworkAdvice.SignIn}", transient: false),
            _ => Failure($"HTTP {status}.", transient: status is 408 or 425 or 429 or >= 500,
                retryAfter: HttpConnections.RetryAfter(response)),
        };
    }

    // A full disk is an IOException too, and trying again would not help it.
    private static bool IsFromNetwork(Exception e) => e is HttpRequestException
        || e is IOException && (e.InnerException is not null || e.GetType().Name == "HttpIOException");

    private static TtsException Refused(AddressRefusedException why) =>
        Failure($"{why.Message} Nothing was requested from it. If you trust the address, connect to a service that "
            + "is there (Connect-TtsService -Endpoint), or fetch it yourself: "
            + "Invoke-WebRequest $Error[0].Exception.Speech.AudioUrl -OutFile ...", transient: false, why);

    private static TtsException Gone(int status) =>
        new("DownloadFailed", TtsErrorKind.ConnectionError,
            $"HTTP {status}: the audio is not there, or no longer (a URL lives for a limited time; see -Ttl).")
        {
            IsTransient = true,
            IsGone = true,
        };

    private static TtsException Failure(
        string why, bool transient, Exception? cause = null, TimeSpan? retryAfter = null) =>
        new("DownloadFailed", TtsErrorKind.ConnectionError, why, cause)
        {
            IsTransient = transient,
            RetryAfter = retryAfter,
        };
}
