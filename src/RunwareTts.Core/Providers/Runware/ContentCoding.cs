using System.IO.Compression;
using RunwareTts.Audio;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Undoes the encoding of a body. Servers and proxies compress what was asked for as it is, and name an encoding that
/// is not there or leave out one that is: where the bytes tell, they decide.
/// </summary>
internal static class ContentCoding
{
    private const int HeadSize = 16;

    /// <param name="body">The bytes as they come.</param>
    /// <param name="codings">What Content-Encoding says, in the order in which it was applied.</param>
    /// <param name="token">Ends the wait for the first bytes.</param>
    /// <exception cref="NotSupportedException">An encoding that cannot be undone here.</exception>
    public static async Task<Stream> DecodeAsync(Stream body, IEnumerable<string> codings, CancellationToken token)
    {
        Peeked plain = await PeekAsync(body, token).ConfigureAwait(false);
        foreach (string coding in codings.Reverse().Select(c => c.Trim().ToLowerInvariant()))
        {
            if (plain.IsAudio)
                return plain.Stream;
            if (Decoder(coding, plain) is { } decoded)
                plain = await PeekAsync(decoded, token).ConfigureAwait(false);
        }

        return plain.IsGzip ? new GZipStream(plain.Stream, CompressionMode.Decompress) : plain.Stream;
    }

    private static Stream? Decoder(string coding, Peeked plain) => coding switch
    {
        "" or "identity" => null,
        "gzip" or "x-gzip" => plain.IsGzip ? new GZipStream(plain.Stream, CompressionMode.Decompress) : null,
        "deflate" => Inflate(plain),
        "br" => Brotli(plain.Stream),
        _ => throw new NotSupportedException($"it is encoded as '{coding}', which cannot be undone here."),
    };

    // "deflate" is a zlib stream by the standard, and a bare one by habit. Its check sum is the audio's own affair.
    private static DeflateStream Inflate(Peeked plain)
    {
        if (plain.IsZlib)
            plain.Stream.Skip(2);
        return new DeflateStream(plain.Stream, CompressionMode.Decompress);
    }

#if NET
    private static BrotliStream Brotli(Stream body) => new(body, CompressionMode.Decompress);
#else
    private static Stream Brotli(Stream body) =>
        throw new NotSupportedException("it is encoded as 'br' (Brotli), although it was asked for "
            + "as it is, and this edition of PowerShell cannot undo that: PowerShell 7 can.");
#endif

    private static async Task<Peeked> PeekAsync(Stream stream, CancellationToken token)
    {
        byte[] head = new byte[HeadSize];
        int filled = 0;
        while (filled < HeadSize && await stream.ReadAsync(head.AsMemory(filled, HeadSize - filled), token)
            .ConfigureAwait(false) is var read and > 0)
            filled += read;
        return new Peeked(new PrefixedStream(head, filled, stream));
    }

    /// <summary>A stream of which the first bytes are known.</summary>
    private sealed class Peeked(PrefixedStream stream)
    {
        public PrefixedStream Stream => stream;

        public bool IsAudio => AudioInfoReader.Sniff(stream.Prefix) is not null || stream.Prefix.StartsWith("ID3"u8);

        public bool IsGzip => stream.Prefix.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

        public bool IsZlib =>
            stream.Prefix is { Length: > 1 } head && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
    }
}

/// <summary>Some bytes, and then those of a stream.</summary>
internal sealed class PrefixedStream(byte[] prefix, int length, Stream rest) : Stream
{
    private int _at;

    /// <summary>The bytes before the stream's own that were not read yet.</summary>
    public ReadOnlySpan<byte> Prefix => prefix.AsSpan(_at, length - _at);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Skip(int bytes) => _at += Math.Min(bytes, length - _at);

    public override int Read(byte[] buffer, int offset, int count) =>
        _at < length ? Take(buffer, offset, count) : rest.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _at < length ? Task.FromResult(Take(buffer, offset, count))
            : rest.ReadAsync(buffer, offset, count, cancellationToken);

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == length)
            return rest.ReadAsync(buffer, cancellationToken);
        int taken = Math.Min(buffer.Length, length - _at);
        prefix.AsMemory(_at, taken).CopyTo(buffer);
        _at += taken;
        return new ValueTask<int>(taken);
    }
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }

    private int Take(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(count, length - _at);
        Buffer.BlockCopy(prefix, _at, buffer, offset, taken);
        _at += taken;
        return taken;
    }
}
