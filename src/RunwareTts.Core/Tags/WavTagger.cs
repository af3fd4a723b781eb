using System.Buffers.Binary;
using RunwareTts.Audio;
using RunwareTts.Joining;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Copies a WAV file chunk by chunk, but for its LIST INFO, and states the sizes that they really have.</summary>
internal static class WavTagger
{
    private const int HeadSize = 8;
    private const int FrameSizeAt = 12;

    /// <param name="source">That it is a WAV file is known.</param>
    /// <param name="tags">All that it is to have.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="token">Stops it.</param>
    public static async Task WriteAsync(Stream source, AudioTags tags, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        List<Chunk> chunks = [];
        long end = Walk(bytes, chunks);
        Chunk data = chunks.Find(c => c.Is("data"u8));
        Chunk format = chunks.Find(c => c.Is("fmt "u8));
        byte[] info = WavHead.Tail(tags, 0);
        long riff = 4 + chunks.Sum(c => HeadSize + c.Size + (c.Size & 1)) + info.Length;
        byte[] head = WavHead.Open(riff, data.Size, Math.Max(1, (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(format.At + FrameSizeAt, 2))));
        await target.WriteAsync(head, token).ConfigureAwait(false);
        foreach (Chunk chunk in chunks)
        {
            uint stated = chunk.At == data.At && WavHead.IsLong(riff) ? uint.MaxValue : (uint)chunk.Size;
            byte[] begin = [.. BitConverter.GetBytes(chunk.Id), .. BitConverter.GetBytes(stated)];
            await target.WriteAsync(begin, token).ConfigureAwait(false);
            await AudioTagger.CopyAsync(source, chunk.At, chunk.Size, target, token).ConfigureAwait(false);
            await target.WriteAsync(new byte[chunk.Size & 1], token).ConfigureAwait(false);
        }

        await target.WriteAsync(info, token).ConfigureAwait(false);
        await AudioTagger.CopyAsync(source, end, source.Length - end, target, token).ConfigureAwait(false);
    }

    /// <summary>Finds the chunks that are kept.</summary>
    /// <returns>Where what is no chunk of the file begins.</returns>
    private static long Walk(ByteSource source, List<Chunk> chunks)
    {
        long start = TagSkipper.SkipLeading(source);
        long riffEnd = start + HeadSize + BinaryPrimitives.ReadUInt32LittleEndian(source.Read(start + 4, 4));
        long? longDataSize = null;
        long audioEnd = long.MaxValue;
        long position = start + 12;
        // A stated end that lies before that of the audio is none.
        while ((position < riffEnd || riffEnd < audioEnd) && source.TryRead(position, HeadSize, out ReadOnlySpan<byte> head))
        {
            long at = position + HeadSize;
            Chunk chunk = new(BinaryPrimitives.ReadUInt32LittleEndian(head), at, BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(4)));
            if (chunk.Is("data"u8) && audioEnd == long.MaxValue)
            {
                long stated = chunk.Size == uint.MaxValue ? longDataSize ?? chunk.Size : chunk.Size;
                chunk = chunk with { Size = WavReader.RealDataSize(source.Length - at, stated, riffEnd - at) };
                audioEnd = at + chunk.Size;
            }

            if (at + chunk.Size > source.Length)
                break;
            if (chunk.Is("ds64"u8))
                (riffEnd, longDataSize) = (start + HeadSize + ReadInt64(source, at), ReadInt64(source, at + 8));
            else if (!chunk.Is("LIST"u8) || !source.TryRead(at, 4, out ReadOnlySpan<byte> kind) || !kind.SequenceEqual("INFO"u8))
                chunks.Add(chunk);
            position = at + chunk.Size + (chunk.Size & 1);
        }

        return Math.Min(position, source.Length);
    }

    private static long ReadInt64(ByteSource source, long offset) => BinaryPrimitives.ReadInt64LittleEndian(source.Read(offset, 8));

    private readonly record struct Chunk(uint Id, long At, long Size)
    {
        public bool Is(ReadOnlySpan<byte> mark) => Id == BinaryPrimitives.ReadUInt32LittleEndian(mark);
    }
}
