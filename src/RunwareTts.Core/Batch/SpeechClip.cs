using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Providers.Http;

namespace RunwareTts.Batch;

/// <summary>The audio of a result as a file: its own, or a temporary one that Dispose deletes.</summary>
internal sealed class SpeechClip : IDisposable
{
    private readonly bool _isTemporary;

    private SpeechClip(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    public string Path { get; }

    /// <param name="speech">A result with a file, bytes or a URL.</param>
    /// <param name="folder">Where a temporary file may be.</param>
    /// <param name="endpoint">The service, whose private network a URL may reach; null for public addresses.</param>
    /// <param name="token">Stops the download.</param>
    /// <exception cref="TtsException">DownloadFailed, AudioInvalid, InvalidRequest.AudioUrl, .InputObject.</exception>
    public static async Task<SpeechClip> OfAsync(
        TtsSpeech speech, string folder, Uri? endpoint, CancellationToken token)
    {
        if (IsSaved(speech))
            return new SpeechClip(speech.Path!, isTemporary: false);
        if (SaveBatch.IsLost(speech))
            throw Errors.NoClipToKeep();
        SaveBatch.Url(speech);

        string temporary = PendingFile.TemporaryFor(System.IO.Path.Combine(folder, "clip"));
        AudioDownload source = new(endpoint, new DownloadLimits { MaxBytes = SpeechCatalog.Limits.MaxClipBytes });
        await new ResultSaver(source, new RetryDelay(new BatchOptions().FirstRetry))
            .SaveAsync(speech, new SaveTarget(temporary, null), null, 0, token).ConfigureAwait(false);
        return new SpeechClip(temporary, isTemporary: true);
    }

    /// <summary>It has a file, or nothing but the name of one.</summary>
    public static bool IsSaved(TtsSpeech speech) =>
        speech.Path is not null && (File.Exists(speech.Path) || SaveBatch.IsLost(speech));

    public void Dispose()
    {
        if (_isTemporary)
            FileRetry.Tidy(Path);
    }
}
