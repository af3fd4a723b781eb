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
        // What is broken is refused where it is saved, with its bytes. An encoder would hide that speech is missing.
        if (FindFault(bytes) is not null || FormatOf(bytes) == request.OutputFormat && !NeedsEncoding(request))
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

    /// <summary>Why it is not complete speech; null if it is.</summary>
    public static string? FindFault(byte[] bytes)
    {
        try
        {
            TtsAudioInfo info = AudioCheck.Read(new MemoryStream(bytes), null, null, null);
            return info.Format == "WAV" && info.Faults.Contains(nameof(AudioFaults.TrailingData))
                ? FormattableString.Invariant(
                    $"Its header says that it ends after {info.Duration.TotalSeconds:0.0##} s, and more follows.")
                : null;
        }
        catch (AudioFormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>The format of bytes without a fault.</summary>
    public static string FormatOf(byte[] bytes) => AudioInfoReader.Read(new MemoryStream(bytes)).Format;
}
