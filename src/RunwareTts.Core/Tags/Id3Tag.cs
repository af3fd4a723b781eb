using System.Text;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Writes the ID3v2.4 tag of an MP3 file: texts in UTF-8, chapters as CHAP and CTOC.</summary>
internal static class Id3Tag
{
    private const byte Utf8 = 3;
    private const byte Ordered = 1;
    private const byte TopLevel = 2;

    // A table of contents counts its entries in one byte; a longer one is a table of tables.
    private const int MaxEntries = 255;

    /// <returns>Empty if there are neither tags nor chapters.</returns>
    public static byte[] Make(AudioTags? tags, IReadOnlyList<Chapter> chapters)
    {
        List<byte> body = [];
        foreach ((string frame, string value) in tags?.Id3 ?? [])
            AddFrame(body, frame, frame == "COMM" ? [Utf8, .. "XXX\0"u8, .. Bytes(value)] : Text(value));
        if (chapters.Count > 0)
            AddContents(body, [.. chapters.Select((_, n) => $"chp{n}")], "toc", TopLevel);
        for (int n = 0; n < chapters.Count; n++)
            AddFrame(body, "CHAP", ChapterOf(chapters[n], $"chp{n}"));
        return body.Count == 0 ? [] : [.. "ID3"u8, 4, 0, 0, .. SyncSafe(body.Count), .. body];
    }

    private static void AddContents(List<byte> body, string[] ids, string id, byte level)
    {
        string[] entries = ids;
        if (ids.Length > MaxEntries)
        {
            entries = [.. Enumerable.Range(0, (ids.Length + MaxEntries - 1) / MaxEntries).Select(n => $"{id}-{n}")];
            for (int n = 0; n < entries.Length; n++)
                AddContents(body, [.. ids.Skip(n * MaxEntries).Take(MaxEntries)], entries[n], 0);
        }

        byte[] names = [.. entries.SelectMany(e => Bytes(e).Append((byte)0))];
        AddFrame(body, "CTOC", [.. Bytes(id), 0, (byte)(level | Ordered), (byte)entries.Length, .. names]);
    }

    private static byte[] ChapterOf(Chapter chapter, string id)
    {
        // Without offsets in bytes, so that players use the times.
        byte[] noOffset = BigEndian(uint.MaxValue);
        List<byte> content =
            [.. Bytes(id), 0, .. BigEndian(chapter.Start), .. BigEndian(chapter.End), .. noOffset, .. noOffset];
        AddFrame(content, "TIT2", Text(chapter.Title));
        return [.. content];
    }

    private static void AddFrame(List<byte> body, string id, byte[] content)
    {
        body.AddRange(Bytes(id));
        body.AddRange(SyncSafe(content.Length));
        body.AddRange([0, 0]);
        body.AddRange(content);
    }

    private static byte[] Text(string value) => [Utf8, .. Bytes(value)];

    private static byte[] Bytes(string value) => Encoding.UTF8.GetBytes(value);

    private static byte[] BigEndian(long value) => Split(value, 8, 0xFF);

    // The top bit of each byte stays clear, so that no player takes it for audio.
    private static byte[] SyncSafe(int value) => Split(value, 7, 0x7F);

    private static byte[] Split(long value, int bits, int mask) =>
        [.. Enumerable.Range(0, 4).Select(n => (byte)((value >> ((3 - n) * bits)) & mask))];
}
