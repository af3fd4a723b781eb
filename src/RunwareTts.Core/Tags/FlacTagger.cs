using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Copies a FLAC file with another block of comments.</summary>
internal static class FlacTagger
{
    private const int HeadSize = 4;
    private const int Padding = 1;
    private const int Comment = 4;
    private const byte Last = 0x80;

    // Who made it stands at the beginning, and a picture behind that may be as large as it likes.
    private const int VendorReach = 64 * 1024;

    /// <param name="source">That it is a FLAC file is known.</param>
    /// <param name="tags">All that it is to have.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="AudioFormatException">Its comments are none.</exception>
    public static async Task WriteAsync(Stream source, AudioTags tags, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        (Block[] blocks, long audio) = Walk(bytes, start + HeadSize);
        Block[] kept = [.. blocks.Where(b => b.Type is not (Padding or Comment))];
        byte[] comment = VorbisComment.Replace(Old(bytes, blocks), tags);

        byte[] mark = [.. "fLaC"u8];
        await target.WriteAsync(mark, token).ConfigureAwait(false);
        for (int n = 0; n < kept.Length; n++)
        {
            await HeadAsync(kept[n].Type, kept[n].Size, isLast: false).ConfigureAwait(false);
            await AudioTagger.CopyAsync(source, kept[n].At, kept[n].Size, target, token).ConfigureAwait(false);
        }

        await HeadAsync(Comment, comment.Length, isLast: true).ConfigureAwait(false);
        await target.WriteAsync(comment, token).ConfigureAwait(false);
        await AudioTagger.CopyAsync(source, audio, TagSkipper.FindEnd(bytes, start) - audio, target, token).ConfigureAwait(false);

        Task HeadAsync(int type, int size, bool isLast) =>
            target.WriteAsync([(byte)(type | (isLast ? Last : 0)), (byte)(size >> 16), (byte)(size >> 8), (byte)size], 0, HeadSize, token);
    }

    private static (Block[] Blocks, long Audio) Walk(ByteSource source, long position)
    {
        List<Block> blocks = [];
        for (bool isLast = false; !isLast;)
        {
            ReadOnlySpan<byte> head = source.Read(position, HeadSize);
            isLast = (head[0] & Last) != 0;
            blocks.Add(new Block(head[0] & ~Last, position + HeadSize, (head[1] << 16) | (head[2] << 8) | head[3]));
            position = blocks[blocks.Count - 1].At + blocks[blocks.Count - 1].Size;
        }

        return ([.. blocks], position);
    }

    private static ReadOnlySpan<byte> Old(ByteSource source, Block[] blocks) =>
        Array.Find(blocks, b => b.Type == Comment) is { At: > 0 } old ? source.Read(old.At, Math.Min(VendorReach, old.Size)) : [];

    private readonly record struct Block(int Type, long At, int Size);
}
