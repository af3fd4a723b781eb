namespace RunwareTts.Audio;

/// <summary>Checks audio against the request, before the file gets its final name.</summary>
internal static class AudioCheck
{
    /// <summary>Null means that any is allowed.</summary>
    /// <exception cref="AudioFormatException">With all differences.</exception>
    public static TtsAudioInfo Read(Stream stream, string? format, int? sampleRate, int? channels)
    {
        var info = AudioInfoReader.Read(stream);
        string[] wrong = [.. FindWrong(info, format, sampleRate, channels)];
        return wrong.Length == 0 ? info : throw new AudioFormatException(string.Join(" ", wrong));
    }

    private static IEnumerable<string> FindWrong(TtsAudioInfo info, string? format, int? sampleRate, int? channels)
    {
        if (format is not null && info.Format != format)
            yield return $"It is {info.Format}, and {format} was requested.";
        // Opus is always 48000 Hz, whatever the source was.
        if (sampleRate is { } rate && info.SampleRate != rate && info.Codec != "Opus")
            yield return FormattableString.Invariant($"It has {info.SampleRate} Hz, and {rate} Hz was requested.");
        if (channels is { } count && info.Channels != count)
            yield return FormattableString.Invariant($"It has {info.Channels} channels, and {count} were requested.");
        if (info.Faults.Contains(nameof(AudioFaults.Truncated)))
            yield return FormattableString.Invariant($"It is cut off after {info.Duration.TotalSeconds:0.0##} s.");
        else if (info.Duration == TimeSpan.Zero)
            yield return "It contains no sound.";
    }
}
