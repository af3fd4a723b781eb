using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Tags;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>The three ways to a joined file: MP3 frames as they are, WAV, and samples that ffmpeg encodes once.</summary>
internal sealed class JoinWriter(
    JoinOptions options,
    AudioFormat format,
    IReadOnlyList<PlacedPart> parts,
    PcmFormat pcm,
    bool isFramed,
    int? bitrate,
    IReadOnlyList<Chapter> chapters)
{
    private const int BufferSize = 64 * 1024;

    /// <exception cref="TtsException">AudioInvalid, FileNotReadable, OfflineToolMissing, OfflineToolFailed, InvalidRequest.OutputPath.</exception>
    public Task WriteAsync(Stream target, CancellationToken token) =>
        isFramed ? WriteFramesAsync(target, token)
        : format.Name == "WAV" ? WriteWavAsync(target, token)
        : EncodeAsync(target, JoinBitrate.For(format, pcm.Rate, pcm.Channels, bitrate), token);

    private async Task WriteFramesAsync(Stream target, CancellationToken token)
    {
        await WriteId3Async(target, token).ConfigureAwait(false);
        // It is not disposed: the file is still checked.
        BufferedStream buffered = new(target, BufferSize);
        Mp3Join.Write(parts, buffered, token);
        await buffered.FlushAsync(token).ConfigureAwait(false);
    }

    private async Task WriteWavAsync(Stream target, CancellationToken token)
    {
        PcmJoin join = new(parts, pcm);
        byte[] tail = WavHead.Tail(options.Tags, join.Bytes);
        byte[] head = WavHead.Make(pcm.Rate, pcm.Channels, pcm.SampleBytes, join.Bytes, tail.Length - (int)(join.Bytes & 1));
        await target.WriteAsync(head, token).ConfigureAwait(false);
        await join.WriteAsync(target, token).ConfigureAwait(false);
        await target.WriteAsync(tail, token).ConfigureAwait(false);
    }

    // ffmpeg writes a file of its own, since it goes back to its beginning when it is done.
    private async Task EncodeAsync(Stream target, int? kbps, CancellationToken token)
    {
        string encoded = PendingFile.TemporaryFor(options.OutputPath);
        string? metadata = null;
        try
        {
            if (format.Name == "MP3")
                await WriteId3Async(target, token).ConfigureAwait(false);
            else if (FfMetadata.Make(options.Tags, chapters) is { } text)
                File.WriteAllText(metadata = PendingFile.TemporaryFor(options.OutputPath), text, new UTF8Encoding(false));
            await FfmpegPipe.EncodeAsync(encoded, format.Name, kbps, metadata, pcm, stream => new PcmJoin(parts, pcm).WriteAsync(stream, token), token).ConfigureAwait(false);
            using FileStream made = FileRetry.Run(() => new FileStream(encoded, FileMode.Open, FileAccess.Read));
            await made.CopyToAsync(target, BufferSize, token).ConfigureAwait(false);
        }
        finally
        {
            await FileRetry.TidyAsync(encoded).ConfigureAwait(false);
            if (metadata is not null)
                await FileRetry.TidyAsync(metadata).ConfigureAwait(false);
        }
    }

    private Task WriteId3Async(Stream target, CancellationToken token)
    {
        byte[] tag = Id3Tag.Make(options.Tags, chapters);
        return target.WriteAsync(tag, 0, tag.Length, token);
    }
}
