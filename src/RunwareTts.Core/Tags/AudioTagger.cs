using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Copies audio as it is, byte by byte, with other tags than it has. No other program is needed for it.</summary>
internal static class AudioTagger
{
    private const int BufferSize = 64 * 1024;

    /// <param name="source">Audio that was found to be whole.</param>
    /// <param name="format">Its format.</param>
    /// <param name="tags">All that it is to have; None takes those away that it has.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="AudioFormatException">It has no place for tags where its format has one.</exception>
    public static Task WriteAsync(Stream source, string format, AudioTags tags, Stream target, CancellationToken token) => format switch
    {
        "WAV" => WavTagger.WriteAsync(source, tags, target, token),
        "FLAC" => FlacTagger.WriteAsync(source, tags, target, token),
        "OGG" => OggTagger.WriteAsync(source, tags, target, token),
        _ => WriteMp3Async(source, tags, target, token),
    };

    /// <summary>Some bytes of a stream, to where another stands.</summary>
    public static async Task CopyAsync(Stream source, long start, long count, Stream target, CancellationToken token)
    {
        byte[] buffer = new byte[Math.Min(BufferSize, count)];
        source.Position = start;
        while (count > 0 && await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), token)
            .ConfigureAwait(false) is var read and > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), token).ConfigureAwait(false);
            count -= read;
        }
    }

    private static async Task WriteMp3Async(Stream source, AudioTags tags, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        long end = TagSkipper.FindEnd(bytes, start);
        byte[] tag = Id3Tag.Make(tags, []);
        await target.WriteAsync(tag, token).ConfigureAwait(false);
        await CopyAsync(source, start, end - start, target, token).ConfigureAwait(false);
    }
}
