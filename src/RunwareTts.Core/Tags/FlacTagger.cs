using RunwareTts.Audio;

namespace RunwareTts.Tags;

/// <summary>Copies a FLAC file with another block of comments.</summary>
internal static class FlacTagger
{
    private const int Padding = 1;
    private const int Comment = 4;

    // The vendor is at the beginning, and a picture behind it may have any size.
    private const int VendorReach = 64 * 1024;

    public static async Task WriteAsync(Stream source, VorbisComment comments, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long start = TagSkipper.SkipLeading(bytes);
        List<FlacBlock> blocks = ReadBlocks(bytes, start + FlacStreamInfo.MarkerSize);
        long audio = blocks[blocks.Count - 1].End;
        byte[] comment = comments.Replace(FindComment(bytes, blocks));

        byte[] marker = [.. "fLaC"u8];
        await target.WriteAsync(marker, token).ConfigureAwait(false);
        foreach (FlacBlock block in blocks.Where(b => b.Type is not (Padding or Comment)))
        {
            await target.WriteAsync(MakeHeader(block.Type, block.Size), token).ConfigureAwait(false);
            await AudioTagger.CopyAsync(source, block.Start, block.Size, target, token).ConfigureAwait(false);
        }

        await target.WriteAsync(MakeHeader(Comment | FlacBlock.LastBit, comment.Length), token).ConfigureAwait(false);
        await target.WriteAsync(comment, token).ConfigureAwait(false);
        long end = TagSkipper.FindEnd(bytes, start);
        await AudioTagger.CopyAsync(source, audio, end - audio, target, token).ConfigureAwait(false);
    }

    private static List<FlacBlock> ReadBlocks(ByteSource source, long position)
    {
        List<FlacBlock> blocks = [];
        do
        {
            if (!FlacBlock.TryRead(source, position, out FlacBlock block))
                throw new AudioFormatException("Its metadata has no end.");
            blocks.Add(block);
            position = block.End;
        }
        while (!blocks[blocks.Count - 1].IsLast);
        return blocks;
    }

    private static ReadOnlySpan<byte> FindComment(ByteSource source, List<FlacBlock> blocks) =>
        blocks.Find(b => b.Type == Comment) is { Start: > 0 } old
            ? source.Read(old.Start, Math.Min(VendorReach, old.Size))
            : [];

    private static byte[] MakeHeader(int type, int size) =>
        [(byte)type, (byte)(size >> 16), (byte)(size >> 8), (byte)size];
}
