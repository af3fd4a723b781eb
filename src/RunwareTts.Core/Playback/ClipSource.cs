using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;

namespace RunwareTts.Playback;

/// <summary>Gets clips as files on this machine.</summary>
/// <param name="endpoint">The service, whose private network downloads may reach; null for public addresses.</param>
internal sealed class ClipSource(Uri? endpoint)
{
    private readonly AudioDownload _download = new(endpoint);

    /// <summary>Its Dispose deletes what was written for it.</summary>
    /// <exception cref="TtsException">FileNotFound, FileNotReadable, AudioInvalid, DownloadFailed.</exception>
    public async Task<LocalClip> OpenAsync(SoundClip clip, CancellationToken token)
    {
        if (clip.Path is { } path)
            return new LocalClip(clip.Name, path, AudioFile.Read(path), new ClipFolder());
        ClipFolder folder = new();
        try
        {
            string file = folder.NewFile("clip");
            await FetchAsync(clip, file, token).ConfigureAwait(false);
            return new LocalClip(clip.Name, file, AudioInfoReader.ReadFile(file), folder);
        }
        catch (AudioFormatException e)
        {
            folder.Dispose();
            throw Errors.NoAudio(clip.Name, e);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private async Task FetchAsync(SoundClip clip, string file, CancellationToken token)
    {
        try
        {
            using FileStream stream = new(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            await _download.FetchAsync(new SpeechResult(null, clip.Url, clip.Data, null), stream, token)
                .ConfigureAwait(false);
        }
        catch (TtsException e) when (e.ErrorId == "DownloadFailed")
        {
            throw Errors.ClipNotFetched(clip.Name, e);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.ClipNotWritten(file, e);
        }
    }
}

/// <summary>A clip as a file that players and decoders can open.</summary>
internal sealed record LocalClip(string Name, string Path, TtsAudioInfo Audio, ClipFolder Folder) : IDisposable
{
    public void Dispose() => Folder.Dispose();
}
