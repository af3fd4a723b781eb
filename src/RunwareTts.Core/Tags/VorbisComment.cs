using System.Buffers.Binary;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>The comments of OGG and FLAC: who made the audio, which is kept, and tags.</summary>
internal static class VorbisComment
{
    /// <param name="old">As it was; nothing where there was none.</param>
    /// <param name="tags">All tags that it is to have.</param>
    /// <exception cref="AudioFormatException">It is none.</exception>
    public static byte[] Replace(ReadOnlySpan<byte> old, AudioTags tags)
    {
        List<byte> comment = [.. Vendor(old), .. BitConverter.GetBytes(tags.Comments.Count())];
        foreach ((string key, string value) in tags.Comments)
        {
            byte[] text = Encoding.UTF8.GetBytes($"{key}={value}");
            comment.AddRange([.. BitConverter.GetBytes(text.Length), .. text]);
        }

        return [.. comment];
    }

    // With its length before it.
    private static byte[] Vendor(ReadOnlySpan<byte> old)
    {
        if (old.Length == 0)
            return new byte[4];
        uint size = old.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(old);
        return size <= old.Length - 4 ? old.Slice(0, 4 + (int)size).ToArray() : throw new AudioFormatException("Its comments are none.");
    }
}
