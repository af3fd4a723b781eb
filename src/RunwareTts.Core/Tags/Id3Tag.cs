using System.Text;
using RunwareTts.Joining;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Writes the ID3v2.4 tag of an MP3 file: texts in UTF-8, chapters by CHAP and CTOC.</summary>
internal static class Id3Tag
{
    private const byte Utf8 = 3;
    private const byte Ordered = 1;
    private const byte TopLevel = 2;

    // A table of contents counts its entries in one byte; a longer one is a table of tables.
    private const int MostEntries = 255;

    /// <summary>Nothing where there is nothing to say.</summary>
    public static byte[] Make(AudioTags? tags, IReadOnlyList<Chapter> chapters)
    {
        List<byte> body = [];
        foreach ((string frame, string value) in tags?.Id3 ?? [])
            Frame(body, frame, frame == "COMM" ? [Utf8, .. "XXX\0"u8, .. Bytes(value)] : Text(value));
        if (chapters.Count > 0)
            Contents(body, [.. chapters.Select((_, n) => $"chp{n}")], "toc", TopLevel);
        for (int n = 0; n < chapters.Count; n++)
            Frame(body, "CHAP", ChapterOf(chapters[n], $"chp{n}"));
        return body.Count == 0 ? [] : [.. "ID3"u8, 4, 0, 0, .. SyncSafe(body.Count), .. body];
    }

    private static void Contents(List<byte> body, string[] ids, string id, byte level)
    {
        string[] entries = ids;
        if (ids.Length > MostEntries)
        {
            entries = [.. Enumerable.Range(0, (ids.Length + MostEntries - 1) / MostEntries).Select(n => $"{id}-{n}")];
            for (int n = 0; n < entries.Length; n++)
                Contents(body, [.. ids.Skip(n * MostEntries).Take(MostEntries)], entries[n], 0);
        }

        Frame(body, "CTOC", [.. Bytes(id), 0, (byte)(level | Ordered), (byte)entries.Length, .. entries.SelectMany(e => Bytes(e).Append((byte)0))]);
    }

    private static byte[] ChapterOf(Chapter chapter, string id)
    {
        // No place in bytes is given, so that players go by the times.
        List<byte> content = [.. Bytes(id), 0, .. BigEndian(chapter.Start), .. BigEndian(chapter.End), .. BigEndian(uint.MaxValue), .. BigEndian(uint.MaxValue)];
        Frame(content, "TIT2", Text(chapter.Title));
        return [.. content];
    }

    private static void Frame(List<byte> body, string id, byte[] content)
    {
        body.AddRange(Bytes(id));
        body.AddRange(SyncSafe(content.Length));
        body.AddRange([0, 0]);
        body.AddRange(content);
    }

    private static byte[] Text(string value) => [Utf8, .. Bytes(value)];

    private static byte[] Bytes(string value) => Encoding.UTF8.GetBytes(value);

    private static byte[] BigEndian(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    // The top bit of each byte stays clear, so that no player takes it for audio.
    private static byte[] SyncSafe(int value) => [(byte)(value >> 21 & 0x7F), (byte)(value >> 14 & 0x7F), (byte)(value >> 7 & 0x7F), (byte)(value & 0x7F)];
}
