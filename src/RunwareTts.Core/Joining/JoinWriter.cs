using RunwareTts.Files;
using RunwareTts.Tags;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>The three ways to join: MP3 frames as they are, WAV, and samples that ffmpeg encodes once.</summary>
internal sealed class JoinWriter(
    JoinOptions options,
    IReadOnlyList<PlacedPart> parts,
    IReadOnlyList<Chapter> chapters,
    PcmFormat pcm,
    AudioEncoding encoding,
    bool keepsFrames)
{
    private const int BufferSize = 64 * 1024;

    public Task WriteAsync(Stream target, CancellationToken token) =>
        keepsFrames ? WriteFramesAsync(target, token)
        : encoding.Format == "WAV" ? WriteWavAsync(target, token)
        : EncodeAsync(target, token);

    private async Task WriteFramesAsync(Stream target, CancellationToken token)
    {
        byte[] id3 = Id3Tag.Make(options.Tags, chapters);
        await target.WriteAsync(id3, token).ConfigureAwait(false);
        // It is not disposed: the file is still checked.
        BufferedStream buffered = new(target, BufferSize);
        Mp3Join.Write(parts, buffered, token);
        await buffered.FlushAsync(token).ConfigureAwait(false);
    }

    private async Task WriteWavAsync(Stream target, CancellationToken token)
    {
        PcmJoin join = new(parts, pcm);
        byte[] padding = new byte[join.Bytes & 1];
        byte[] info = WavTagger.MakeInfo(options.Tags);
        byte[] header = Audio.WavHeader.Make(pcm, join.Bytes, info.Length);
        await target.WriteAsync(header, token).ConfigureAwait(false);
        await join.WriteAsync(target, token).ConfigureAwait(false);
        await target.WriteAsync(padding, token).ConfigureAwait(false);
        await target.WriteAsync(info, token).ConfigureAwait(false);
    }

    // ffmpeg writes a file of its own, since it goes back to its beginning at the end.
    private async Task EncodeAsync(Stream target, CancellationToken token)
    {
        string encoded = PendingFile.TemporaryFor(options.OutputPath);
        try
        {
            await EncodeAsync(encoded, token).ConfigureAwait(false);
            using FileStream plain = await FileRetry.RunAsync(
                () => new FileStream(encoded, FileMode.Open, FileAccess.Read)).ConfigureAwait(false);
            await AudioTagger.WriteAsync(plain, encoding.Format, options.Tags, chapters, target, token)
                .ConfigureAwait(false);
        }
        finally
        {
            await FileRetry.TidyAsync(encoded).ConfigureAwait(false);
        }
    }

    private async Task EncodeAsync(string encoded, CancellationToken token)
    {
        using ChildProcess encoder = Ffmpeg.Encode(encoded, encoding, pcm, token);
        bool tookAll = true;
        try
        {
            await new PcmJoin(parts, pcm).WriteAsync(encoder.Input, token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The exit of the program shows why.
            tookAll = false;
        }

        await encoder.FinishAsync(tookAll).ConfigureAwait(false);
    }
}
