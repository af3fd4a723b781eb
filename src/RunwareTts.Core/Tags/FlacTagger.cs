using RunwareTts.Audio;

namespace RunwareTts.Tags;

/// <summary>Copies a FLAC file with another block of comments.</summary>
internal static class FlacTagger
{
    private const int BlockHeaderSize = 4;
    private const int Padding = 1;
    private const int Comment = 4;
    private const byte IsLastBit = 0x80;

    // The vendor is at the beginning, and a picture behind it may have any size.
    private const int VendorReach = 64 * 1024;

    public static async Task WriteAsync(Stream source, VorbisComment comments, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        (Block[] blocks, long audio) = Walk(bytes, start + FlacStreamInfo.MarkerSize);
        byte[] comment = comments.Replace(FindComment(bytes, blocks));

        byte[] marker = [.. "fLaC"u8];
        await target.WriteAsync(marker, token).ConfigureAwait(false);
        foreach (Block block in blocks.Where(b => b.Type is not (Padding or Comment)))
        {
            await target.WriteAsync(MakeHeader(block.Type, block.Size), token).ConfigureAwait(false);
            await AudioTagger.CopyAsync(source, block.Start, block.Size, target, token).ConfigureAwait(false);
        }

        await target.WriteAsync(MakeHeader(Comment | IsLastBit, comment.Length), token).ConfigureAwait(false);
        await target.WriteAsync(comment, token).ConfigureAwait(false);
        long end = TagSkipper.FindEnd(bytes, start);
        await AudioTagger.CopyAsync(source, audio, end - audio, target, token).ConfigureAwait(false);
    }

    private static (Block[] Blocks, long Audio) Walk(ByteSource source, long position)
    {
        List<Block> blocks = [];
        for (bool isLast = false; !isLast;)
        {
            ReadOnlySpan<byte> head = source.Read(position, BlockHeaderSize);
            isLast = (head[0] & IsLastBit) != 0;
            int size = (head[1] << 16) | (head[2] << 8) | head[3];
            blocks.Add(new Block(head[0] & ~IsLastBit, position + BlockHeaderSize, size));
            position += BlockHeaderSize + size;
        }

        return ([.. blocks], position);
    }

    private static ReadOnlySpan<byte> FindComment(ByteSource source, Block[] blocks) =>
        Array.Find(blocks, b => b.Type == Comment) is { Start: > 0 } old
            ? source.Read(old.Start, Math.Min(VendorReach, old.Size))
            : [];

    private static byte[] MakeHeader(int type, int size) =>
        [(byte)type, (byte)(size >> 16), (byte)(size >> 8), (byte)size];

    private readonly record struct Block(int Type, long Start, int Size);
}
