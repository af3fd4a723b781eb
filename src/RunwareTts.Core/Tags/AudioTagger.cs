using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Copies audio byte by byte, with other tags. It needs no other program.</summary>
internal static class AudioTagger
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The copy has these tags and chapters only, and no chapters in WAV.</summary>
    /// <exception cref="AudioFormatException">Its comments are missing or invalid.</exception>
    public static Task WriteAsync(
        Stream source,
        string format,
        AudioTags? tags,
        IReadOnlyList<Chapter> chapters,
        Stream target,
        CancellationToken token) => format switch
    {
        "WAV" => WavTagger.WriteAsync(source, tags, target, token),
        "FLAC" => FlacTagger.WriteAsync(source, new VorbisComment(tags, chapters), target, token),
        "OGG" => OggTagger.WriteAsync(source, new VorbisComment(tags, chapters), target, token),
        _ => WriteMp3Async(source, Id3Tag.Make(tags, chapters), target, token),
    };

    /// <summary>Copies some bytes of a stream to the position of another.</summary>
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

    private static async Task WriteMp3Async(Stream source, byte[] id3, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        long end = TagSkipper.FindEnd(bytes, start);
        await target.WriteAsync(id3, token).ConfigureAwait(false);
        await CopyAsync(source, start, end - start, target, token).ConfigureAwait(false);
    }
}
