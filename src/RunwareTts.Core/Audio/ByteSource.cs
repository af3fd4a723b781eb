namespace RunwareTts.Audio;

/// <summary>Random access to a stream through one window, so that walking it costs few reads.</summary>
internal sealed class ByteSource
{
    // The largest piece that is read at once is an OGG page of 65,307 bytes. An array of 85,000 bytes or more would go
    // to the large object heap, which only a full collection empties.
    private const int WindowSize = 80 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _window;
    private long _windowStart;
    private int _windowCount;

    public ByteSource(Stream stream)
    {
        _stream = stream;
        Length = stream.Length;
        _window = new byte[(int)Math.Min(WindowSize, Length)];
    }

    public long Length { get; }

    /// <summary>The bytes are valid until the next call; false if the file ends before them.</summary>
    public bool TryRead(long offset, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (offset < 0 || count < 0 || offset > Length - count || count > _window.Length) return false;
        if (offset < _windowStart || offset + count > _windowStart + _windowCount) Load(offset);
        var at = (int)(offset - _windowStart);
        if (at + count > _windowCount) return false;
        bytes = new ReadOnlySpan<byte>(_window, at, count);
        return true;
    }

    public ReadOnlySpan<byte> Read(long offset, int count) =>
        TryRead(offset, count, out var bytes)
            ? bytes
            : throw new AudioFormatException("The file ends in the middle of a header.");

    private void Load(long offset)
    {
        _stream.Position = offset;
        (_windowStart, _windowCount) = (offset, 0);
        for (var got = 1; got > 0 && _windowCount < _window.Length; _windowCount += got)
            got = _stream.Read(_window, _windowCount, _window.Length - _windowCount);
    }
}
