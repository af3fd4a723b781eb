namespace RunwareTts.Joining;

/// <summary>Frames as they are written, and what the tag frame before them has to say of them.</summary>
/// <param name="target">Where they go.</param>
internal sealed class Mp3Stream(Stream target)
{
    private const int MostPlaces = 1024;

    private readonly List<long> _places = [];
    private long _step = 1;
    private int? _kbps;

    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>All frames have one bitrate.</summary>
    public bool IsConstant { get; private set; } = true;

    /// <summary>The encoder's name of nine letters, without which no player believes what follows; null where the parts name none.</summary>
    public string? Encoder { get; set; }

    /// <summary>Samples of silence before the sound, without the decoder's own.</summary>
    public int Delay { get; set; }

    /// <summary>The same after it, with the decoder's own.</summary>
    public int Padding { get; set; }

    public void Write(Mp3Frame frame)
    {
        // A table of contents needs no more than some places; it is thinned out as the file grows.
        if (Frames % _step == 0)
            _places.Add(Bytes);
        if (_places.Count > MostPlaces)
        {
            _step *= 2;
            for (int n = 0; n * 2 < _places.Count; n++)
                _places[n] = _places[n * 2];
            _places.RemoveRange((_places.Count + 1) / 2, _places.Count / 2);
        }

        target.Write(frame.Bytes, 0, frame.Bytes.Length);
        Frames++;
        Bytes += frame.Bytes.Length;
        IsConstant &= (_kbps ??= frame.Kbps) == frame.Kbps;
    }

    /// <summary>About where a frame begins, counted from the first.</summary>
    public long PlaceOf(long frame) => _places.Count == 0 ? 0 : _places[(int)Math.Min(_places.Count - 1, frame / _step)];
}
