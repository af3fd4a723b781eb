using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>The frames of audio of an MP3 file, without the encoder's tag frames and all other tags.</summary>
internal sealed class Mp3Frames
{
    private readonly ByteSource _source;
    private readonly Mp3Walker _walker;
    private Mp3FrameHeader _header;
    private bool _isPeeked;

    public Mp3Frames(Stream mp3)
    {
        _source = new ByteSource(mp3);
        long start = TagSkipper.SkipLeading(_source);
        _walker = new Mp3Walker(_source, start, TagSkipper.FindEnd(_source, start));
        _isPeeked = TryWalk();
        First = _header;
    }

    public Mp3FrameHeader First { get; }

    /// <summary>The tag before the first frame; null if there is none.</summary>
    public Mp3Tag? Tag { get; private set; }

    /// <summary>Samples that a decoder gives before the sound.</summary>
    public int Delay => Tag?.EncoderDelay is { } delay ? delay + Mp3Tag.DecoderDelay : 0;

    /// <summary>The shortest gap before it, in samples, in which all frames without sound have room.</summary>
    public int MinGap => Delay + (2 * First.SamplesPerFrame);

    public bool TryNext(out Mp3Frame frame)
    {
        frame = null!;
        if (!_isPeeked && !TryWalk())
            return false;
        _isPeeked = false;
        frame = new Mp3Frame(_header, _source.Read(_walker.FrameStart, _header.FrameSize).ToArray());
        return true;
    }

    private bool TryWalk()
    {
        while (_walker.TryNext(out _header))
        {
            if (!Mp3Tag.TryRead(_source, _walker.FrameStart, _header, out Mp3Tag tag))
                return true;
            Tag ??= tag;
        }

        return false;
    }
}
