using RunwareTts.Audio;
using RunwareTts.Offline;

namespace RunwareTts.Joining;

/// <summary>Copies audio as it is, with other tags than it has: MP3 and WAV by hand, OGG and FLAC by ffmpeg, which encodes nothing.</summary>
internal static class AudioTagger
{
    private const int BufferSize = 64 * 1024;

    /// <summary>What cannot be tagged here is known before it is paid for.</summary>
    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public static void Require(string format)
    {
        if (format is not ("MP3" or "WAV"))
            Program.Ffmpeg.Require(FfmpegPipe.WhyTags(format));
    }

    /// <param name="source">A file of audio.</param>
    /// <param name="audio">What it is.</param>
    /// <param name="tags">All that it is to have; None takes those away that it has.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="TtsException">OfflineToolMissing, OfflineToolFailed.</exception>
    public static async Task WriteAsync(string source, TtsAudioInfo audio, AudioTags tags, Stream target, CancellationToken token)
    {
        if (audio.Format is "MP3" or "WAV")
        {
            using FileStream stream = new(source, FileMode.Open, FileAccess.Read);
            await (audio.Format == "WAV" ? WavTagger.WriteAsync(stream, tags, target, token) : WriteMp3Async(stream, tags, target, token)).ConfigureAwait(false);
            return;
        }

        await FfmpegFile.WriteAsync(source, FfMetadata.Make(tags, []), CopyAsync, target, token).ConfigureAwait(false);

        async Task CopyAsync(string made, string? metadata)
        {
            await FfmpegPipe.CopyAsync(source, made, audio.Format, metadata, token).ConfigureAwait(false);
            TtsAudioInfo copy = AudioFile.Read(made);
            if (copy.Duration != audio.Duration || !copy.Faults.SequenceEqual(audio.Faults))
                throw Errors.ToolFailed(Program.Ffmpeg.Name, FormattableString.Invariant($"of {audio.Duration.TotalSeconds} s of audio ({string.Join(", ", audio.Faults)}) its copy has {copy.Duration.TotalSeconds} s ({string.Join(", ", copy.Faults)})."));
        }
    }

    /// <summary>Bytes from one stream to the end of another.</summary>
    public static async Task CopyAsync(Stream source, long start, long count, Stream target, CancellationToken token)
    {
        byte[] buffer = new byte[BufferSize];
        source.Position = start;
        while (count > 0 && await source.ReadAsync(buffer, 0, (int)Math.Min(buffer.Length, count), token).ConfigureAwait(false) is var read and > 0)
        {
            await target.WriteAsync(buffer, 0, read, token).ConfigureAwait(false);
            count -= read;
        }
    }

    private static async Task WriteMp3Async(Stream source, AudioTags tags, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        long end = TagSkipper.FindEnd(bytes, start);
        byte[] tag = Id3Tag.Make(tags, []);
        await target.WriteAsync(tag, 0, tag.Length, token).ConfigureAwait(false);
        await CopyAsync(source, start, end - start, target, token).ConfigureAwait(false);
    }
}
