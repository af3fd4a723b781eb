using System.IO.Compression;

namespace RunwareTts.Providers.Http;

/// <summary>
/// Decodes a body. Servers and proxies compress although no encoding was asked for, and name one that is not there or
/// omit one that is: the bytes decide wherever they can be recognized.
/// </summary>
internal static class ContentCoding
{
    /// <summary>The codings are those of Content-Encoding, in the order in which they were applied.</summary>
    /// <exception cref="NotSupportedException">An encoding that cannot be decoded here.</exception>
    public static async Task<Stream> DecodeAsync(Stream body, IEnumerable<string> codings, CancellationToken token)
    {
        PeekedStream plain = await PeekedStream.OpenAsync(body, token).ConfigureAwait(false);
        foreach (string coding in codings.Reverse().Select(c => c.Trim().ToLowerInvariant()))
        {
            if (plain.IsAudio)
                return plain;
            if (Decode(coding, plain) is { } decoded)
                plain = await PeekedStream.OpenAsync(decoded, token).ConfigureAwait(false);
        }

        return plain.IsGzip ? new GZipStream(plain, CompressionMode.Decompress) : plain;
    }

    private static Stream? Decode(string coding, PeekedStream body)
    {
        switch (coding)
        {
            case "" or "identity":
                return null;
            case "gzip" or "x-gzip":
                return body.IsGzip ? new GZipStream(body, CompressionMode.Decompress) : null;
            case "deflate":
                // By the standard a zlib stream, by habit often a bare one. The check sum at its end is not looked at.
                if (body.IsZlib)
                    body.Skip(2);
                return new DeflateStream(body, CompressionMode.Decompress);
            case "br":
#if NET
                return new BrotliStream(body, CompressionMode.Decompress);
#else
                throw new NotSupportedException("it is encoded as 'br' (Brotli), although no encoding was asked for. "
                    + "Windows PowerShell cannot decode it, and PowerShell 7 can.");
#endif
            default:
                throw new NotSupportedException($"it is encoded as '{coding}', which cannot be decoded here.");
        }
    }
}
