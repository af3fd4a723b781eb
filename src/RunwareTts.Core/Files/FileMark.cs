using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace RunwareTts.Files;

/// <summary>
/// What a file is known by: its length and its last write time, or, where the time is another, the content. Copies and
/// restores give a file another time, and an edit may leave it as long as it was.
/// </summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Written">
/// Its last write time, in UTC; null in ledgers of older versions, which knew the length only.
/// </param>
/// <param name="Content">The begin of the SHA-256 of its content, as hexadecimal digits; null as Written.</param>
internal sealed record FileMark(long Bytes, DateTime? Written, string? Content)
{
    // 96 bits are enough to tell two files apart, unless one was made on purpose to have the same hash as the other.
    private const int ContentBytes = 12;

    /// <summary>Older versions wrote down the length only.</summary>
    [JsonIgnore]
    public bool IsLengthOnly => Content is null || Written is null;

    /// <exception cref="IOException">It cannot be read; nor other exceptions of a file.</exception>
    public static FileMark Of(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Of(stream) with { Written = File.GetLastWriteTimeUtc(path) };
    }

    /// <summary>The same of an open file, from its position on and without its time.</summary>
    public static FileMark Of(Stream stream) => new(stream.Length, null, ContentOf(stream));

    /// <summary>The time alone says that it is this file.</summary>
    public bool HasTimeOf(FileInfo file) => file.Length == Bytes && file.LastWriteTimeUtc == Written;

    /// <summary>The content says that it is this file; of an older version's mark the length does.</summary>
    public bool HasContentOf(FileInfo file) =>
        file.Length == Bytes && (IsLengthOnly || Content == TryContentOf(file.FullName));

    // A file that cannot be read is not replaced.
    private static string? TryContentOf(string path)
    {
        try
        {
            return Of(path).Content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ContentOf(Stream stream)
    {
        using SHA256 sha = SHA256.Create();
        string hash = Convert.ToHexString(sha.ComputeHash(stream)).ToLowerInvariant();
        return hash.Substring(0, ContentBytes * 2);
    }
}
