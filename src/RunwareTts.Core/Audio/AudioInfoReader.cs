namespace RunwareTts.Audio;

/// <summary>Reads from its content what an audio file is.</summary>
public static class AudioInfoReader
{
    /// <exception cref="AudioFormatException">The file is no known audio, or is corrupt.</exception>
    public static TtsAudioInfo ReadFile(string path)
    {
        // The source has its own window, so the stream needs no second buffer. Other programs may go on writing.
        const FileShare share = FileShare.ReadWrite | FileShare.Delete;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1);
        return Read(stream) with { Path = path };
    }

    /// <summary>Reads the whole stream from its beginning, whatever its position.</summary>
    /// <exception cref="AudioFormatException">The stream is no known audio, or is corrupt.</exception>
    public static TtsAudioInfo Read(Stream seekable)
    {
        if (seekable is not { CanSeek: true })
            throw new ArgumentException("The stream must be able to seek.", nameof(seekable));
        var source = new ByteSource(seekable);
        if (source.Length == 0) throw new AudioFormatException("The file is empty.");
        var start = TagSkipper.SkipLeading(source);
        var head = source.Read(start, (int)Math.Min(ForeignFile.Reach, source.Length - start));
        return Sniff(head) switch
        {
            "WAV" => WavReader.Read(source, start),
            "FLAC" => FlacReader.Read(source, start),
            "OGG" => OggReader.Read(source, start),
            // A foreign file (MP4, AVI and the like) may hold MP3 frames and still be no MP3 file.
            null when ForeignFile.NameOf(head) is { } name => throw new AudioFormatException($"It is {name}."),
            _ => Mp3Reader.Read(source, start),
        };
    }

    /// <summary>
    /// The format's name from a file's first 16 bytes; null if they do not show it, as with an ID3 tag, which may stand
    /// before MP3 and before FLAC.
    /// </summary>
    public static string? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("fLaC"u8)) return "FLAC";
        if (head.StartsWith("OggS"u8)) return "OGG";
        var riff = head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8);
        if (riff && head.Length >= 12 && head.Slice(8, 4).SequenceEqual("WAVE"u8)) return "WAV";
        return Mp3FrameHeader.TryParse(head, out var frame) && !frame.IsFree ? "MP3" : null;
    }
}
