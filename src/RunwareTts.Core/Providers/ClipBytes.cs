using System.Security.Cryptography;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Providers;

/// <summary>The content of a clip that is a file of this machine.</summary>
internal static class ClipBytes
{
    /// <exception cref="TtsException">
    /// InvalidRequest.ReferenceAudio: the file has changed since it was checked, or cannot be read.
    /// </exception>
    public static async Task<byte[]> ReadAsync(ReferenceClip clip)
    {
        string path = clip.Path!;
        byte[] bytes;
        try
        {
            bytes = new FileInfo(path) is { Exists: true } file && file.Length > SpeechCatalog.Limits.MaxClipBytes ? []
                : await FileRetry.RunAsync(() => File.ReadAllBytes(path)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.ClipNotReadable(path, e);
        }

        string sha256 = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
        return sha256 == clip.Identity ? bytes : throw Errors.ClipChanged(path);
    }
}
