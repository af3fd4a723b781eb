using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>The frames of audio of an MP3 file, without the encoder's tag frames and all other tags.</summary>
internal sealed class Mp3Frames : IDisposable
{
    private const int TagReach = 192;

    private readonly Stream _stream;
    private readonly ByteSource _source;
    private readonly Mp3Walker _walker;
    private Mp3FrameHeader _header;
    private bool _isPeeked;

    /// <param name="stream">That it is MP3 audio is known.</param>
    public Mp3Frames(Stream stream)
    {
        _stream = stream;
        _source = new ByteSource(stream);
        long start = TagSkipper.SkipLeading(_source);
        _walker = new Mp3Walker(_source, start, TagSkipper.FindEnd(_source, start));
        _isPeeked = TryWalk();
        First = _header;
    }

    public Mp3FrameHeader First { get; }

    /// <summary>The tag before the first frame; null where there is none.</summary>
    public Mp3Tag? Tag { get; private set; }

    /// <summary>How late the sound comes out of a decoder.</summary>
    public int Lead => Tag?.Delay is { } delay ? delay + Mp3Tag.DecoderDelay : 0;

    /// <summary>As many samples of silence before it have room for all that is no sound, wherever the frames begin.</summary>
    public int Room => Lead + (2 * First.SamplesPerFrame);

    public bool TryNext(out Mp3Frame frame)
    {
        frame = null!;
        if (!_isPeeked && !TryWalk())
            return false;
        _isPeeked = false;
        frame = new Mp3Frame(_header, _source.Read(_walker.FrameStart, _header.FrameSize).ToArray());
        return true;
    }

    public void Dispose() => _stream.Dispose();

    private bool TryWalk()
    {
        while (_walker.TryNext(out _header))
        {
            if (!Mp3Tag.TryParse(_source.Read(_walker.FrameStart, Math.Min(_header.FrameSize, TagReach)), _header, out Mp3Tag tag))
                return true;
            Tag ??= tag;
        }

        return false;
    }
}
