using RunwareTts.Audio;

namespace RunwareTts.Providers.Http;

/// <summary>A stream to read whose first bytes are known before they are read.</summary>
internal sealed class PeekedStream : Stream
{
    private const int HeadSize = 16;

    private readonly byte[] _head = new byte[HeadSize];
    private readonly Stream _rest;
    private int _at;
    private int _end;

    private PeekedStream(Stream rest) => _rest = rest;

    /// <summary>It takes the other stream over.</summary>
    public static async Task<PeekedStream> OpenAsync(Stream stream, CancellationToken token)
    {
        PeekedStream peeked = new(stream);
        while (peeked._end < HeadSize && await stream.ReadAsync(peeked._head.AsMemory(peeked._end), token)
            .ConfigureAwait(false) is var read and > 0)
            peeked._end += read;
        return peeked;
    }

    public bool IsAudio => AudioInfoReader.Sniff(Head) is not null || Head.StartsWith("ID3"u8);

    public bool IsGzip => Head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    public bool IsZlib => Head is { Length: > 1 } head && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private ReadOnlySpan<byte> Head => _head.AsSpan(_at, _end - _at);

    public void Skip(int bytes) => _at = Math.Min(_at + bytes, _end);

    public override int Read(byte[] buffer, int offset, int count) =>
        TryTake(buffer.AsSpan(offset, count)) ?? _rest.Read(buffer, offset, count);

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        TryTake(buffer.AsSpan(offset, count))
            ?? await _rest.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

#if NET
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryTake(buffer.Span) ?? await _rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
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
            _rest.Dispose();
        base.Dispose(disposing);
    }

    // Null when all of them were read.
    private int? TryTake(Span<byte> buffer)
    {
        if (Head.IsEmpty)
            return null;
        int taken = Math.Min(buffer.Length, Head.Length);
        Head.Slice(0, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}
