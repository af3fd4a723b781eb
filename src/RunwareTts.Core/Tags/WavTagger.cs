using System.Text;
using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Copies a WAV file with another LIST INFO chunk, and states the sizes that its chunks really have.</summary>
internal static class WavTagger
{
    public static async Task WriteAsync(Stream source, AudioTags? tags, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        List<RiffChunk> chunks = [];
        long end = FindKept(bytes, chunks);
        RiffChunk data = chunks.Find(c => c.Is("data"u8));
        WavFormat format = WavFormat.Read(bytes, chunks.Find(c => c.Is("fmt "u8)));
        byte[] info = MakeInfo(tags);
        long riff = 4 + chunks.Sum(c => RiffWalker.ChunkHeaderSize + c.Size + (c.Size & 1)) + info.Length;
        byte[] head = WavHeader.MakeRiff(riff, data.Size, Math.Max(1, format.BlockAlign));
        await target.WriteAsync(head, token).ConfigureAwait(false);
        foreach (RiffChunk chunk in chunks)
        {
            uint size = chunk == data ? WavHeader.StatedSize(chunk.Size, riff) : (uint)chunk.Size;
            byte[] header = [.. BitConverter.GetBytes(chunk.Id), .. BitConverter.GetBytes(size)];
            await target.WriteAsync(header, token).ConfigureAwait(false);
            await AudioTagger.CopyAsync(source, chunk.Start, chunk.Size, target, token).ConfigureAwait(false);
            await target.WriteAsync(new byte[chunk.Size & 1], token).ConfigureAwait(false);
        }

        await target.WriteAsync(info, token).ConfigureAwait(false);
        await AudioTagger.CopyAsync(source, end, source.Length - end, target, token).ConfigureAwait(false);
    }

    /// <summary>A LIST INFO chunk; empty if there are no tags.</summary>
    public static byte[] MakeInfo(AudioTags? tags)
    {
        byte[] body = [];
        foreach ((string chunk, string value) in tags?.Riff ?? [])
            body = [.. body, .. MakeChunk(chunk, [.. Encoding.UTF8.GetBytes(value), 0])];
        return body.Length == 0 ? [] : MakeChunk("LIST", [.. "INFO"u8, .. body]);
    }

    /// <returns>Where the chunks of the file end.</returns>
    private static long FindKept(ByteSource source, List<RiffChunk> kept)
    {
        RiffWalker chunks = new(source, TagSkipper.SkipLeading(source));
        long end = chunks.Position;
        // A stated end that lies before that of the audio is wrong.
        while ((end < chunks.RiffEnd || chunks.RiffEnd < chunks.DataEnd)
            && chunks.TryNext(out RiffChunk chunk) && chunk.End <= source.Length)
        {
            if (!chunk.Is("ds64"u8) && !IsInfo(source, chunk))
                kept.Add(chunk);
            end = chunks.Position;
        }

        return Math.Min(end, source.Length);
    }

    private static bool IsInfo(ByteSource source, RiffChunk chunk) =>
        chunk.Is("LIST"u8)
        && source.TryRead(chunk.Start, 4, out ReadOnlySpan<byte> kind)
        && kind.SequenceEqual("INFO"u8);

    private static byte[] MakeChunk(string id, byte[] content)
    {
        byte[] padding = new byte[content.Length & 1];
        return [.. Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(content.Length), .. content, .. padding];
    }
}
