namespace RunwareTts.Joining;

/// <summary>Frames as they are written, and the facts for the tag frame before them.</summary>
internal sealed class Mp3Stream(Stream target)
{
    private const int MaxSeekPoints = 1024;

    private readonly List<long> _seekPoints = [];
    private long _framesPerSeekPoint = 1;
    private int? _bitrate;

    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>All frames have one bitrate.</summary>
    public bool IsConstant { get; private set; } = true;

    /// <summary>Its name of nine letters, without which players ignore delay and padding; null if unknown.</summary>
    public string? Encoder { get; set; }

    /// <summary>Samples of silence before the sound, without the decoder's own delay.</summary>
    public int EncoderDelay { get; set; }

    /// <summary>Samples of silence after it, with the decoder's own delay.</summary>
    public int Padding { get; set; }

    public void Write(Mp3Frame frame)
    {
        if (Frames % _framesPerSeekPoint == 0)
            AddSeekPoint();
        target.Write(frame.Bytes, 0, frame.Bytes.Length);
        Frames++;
        Bytes += frame.Bytes.Length;
        IsConstant &= (_bitrate ??= frame.Bitrate) == frame.Bitrate;
    }

    /// <summary>About where a frame begins, counted from the first.</summary>
    public long FindOffset(long frame) =>
        _seekPoints.Count == 0 ? 0 : _seekPoints[(int)Math.Min(_seekPoints.Count - 1, frame / _framesPerSeekPoint)];

    // The list is thinned out as the file grows.
    private void AddSeekPoint()
    {
        _seekPoints.Add(Bytes);
        if (_seekPoints.Count <= MaxSeekPoints)
            return;
        _framesPerSeekPoint *= 2;
        for (int n = 0; n * 2 < _seekPoints.Count; n++)
            _seekPoints[n] = _seekPoints[n * 2];
        _seekPoints.RemoveRange((_seekPoints.Count + 1) / 2, _seekPoints.Count / 2);
    }
}
