using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>The comments of OGG and FLAC. Chapters are comments too.</summary>
internal sealed class VorbisComment(AudioTags? tags, IReadOnlyList<Chapter> chapters)
{
    private readonly string[] _comments =
    [
        .. (tags?.Comments ?? []).Select(tag => $"{tag.Key}={tag.Value}"),
        .. chapters.SelectMany((chapter, n) => Describe(chapter, n + 1)),
    ];

    /// <param name="old">The comments that it replaces, of which it keeps the vendor; empty if there were none.</param>
    /// <exception cref="AudioFormatException">The old ones are invalid.</exception>
    public byte[] Replace(ReadOnlySpan<byte> old)
    {
        List<byte> comment = [.. Vendor(old), .. BitConverter.GetBytes(_comments.Length)];
        foreach (string text in _comments)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            comment.AddRange(BitConverter.GetBytes(bytes.Length));
            comment.AddRange(bytes);
        }

        return [.. comment];
    }

    private static string[] Describe(Chapter chapter, int number)
    {
        TimeSpan start = TimeSpan.FromMilliseconds(chapter.Start);
        string time = string.Format(
            CultureInfo.InvariantCulture, "{0:00}:{1:mm\\:ss\\.fff}", Math.Floor(start.TotalHours), start);
        string key = string.Format(CultureInfo.InvariantCulture, "CHAPTER{0:000}", number);
        return [$"{key}={time}", $"{key}NAME={chapter.Title}"];
    }

    // With its length before it.
    private static byte[] Vendor(ReadOnlySpan<byte> old)
    {
        if (old.Length == 0)
            return new byte[4];
        uint size = old.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(old);
        return size <= old.Length - 4
            ? old.Slice(0, 4 + (int)size).ToArray()
            : throw new AudioFormatException("Its comments are invalid.");
    }
}
