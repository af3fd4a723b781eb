using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Which format a server is asked for, and the encoding on this machine of what it cannot encode.</summary>
internal static class ServerAudio
{
    public const string Wav = "wav";

    /// <summary>The format to ask for. No server encodes Vorbis, or by bitrate, sample rate or channels.</summary>
    public static string FormatFor(SpeechRequest request) =>
        NeedsEncoding(request) ? Wav : request.OutputFormat.ToLowerInvariant();

    public static bool NeedsEncoding(SpeechRequest request) =>
        request.OutputFormat == "OGG"
        || request.Bitrate is not null || request.SampleRate is not null || request.Channels is not null;

    /// <summary>
    /// The audio as it was asked for. What a server calls its bytes does not count: some send WAV as audio/mpeg.
    /// </summary>
    /// <exception cref="TtsException">OfflineToolMissing, OfflineToolFailed.</exception>
    public static async Task<byte[]> EnsureFormatAsync(byte[] bytes, SpeechRequest request, CancellationToken token)
    {
        // What is no audio is refused where it is saved, with its bytes.
        string? format = FormatOf(bytes);
        if (format is null || format == request.OutputFormat && !NeedsEncoding(request))
            return bytes;
        string folder = PrivateFiles.CreateTempDirectory();
        try
        {
            string source = Path.Combine(folder, "speech");
            string encoded = Path.Combine(folder, "encoded");
            File.WriteAllBytes(source, bytes);
            await Ffmpeg.ConvertAsync(source, encoded, LocalEncoding.Of(request), tempo: 1, token)
                .ConfigureAwait(false);
            return await FileRetry.RunAsync(() => File.ReadAllBytes(encoded)).ConfigureAwait(false);
        }
        finally
        {
            await FileRetry.TidyFolderAsync(folder).ConfigureAwait(false);
        }
    }

    private static string? FormatOf(byte[] bytes)
    {
        try
        {
            return AudioInfoReader.Read(new MemoryStream(bytes)).Format;
        }
        catch (AudioFormatException)
        {
            return null;
        }
    }
}
