namespace RunwareTts.Audio;

/// <summary>Holds audio against what was asked for, before it bears a file's name.</summary>
internal static class AudioCheck
{
    /// <param name="stream">The bytes.</param>
    /// <param name="format">As asked for; null for any.</param>
    /// <param name="sampleRate">Hz, as asked for; null for any.</param>
    /// <param name="channels">As asked for; null for any.</param>
    /// <exception cref="AudioFormatException">With all that is wrong.</exception>
    public static TtsAudioInfo Read(Stream stream, string? format, int? sampleRate, int? channels)
    {
        var info = AudioInfoReader.Read(stream);
        string[] wrong = [.. Wrong(info, format, sampleRate, channels)];
        return wrong.Length == 0 ? info : throw new AudioFormatException(string.Join(" ", wrong));
    }

    private static IEnumerable<string> Wrong(TtsAudioInfo info, string? format, int? sampleRate, int? channels)
    {
        if (format is not null && info.Format != format) yield return $"It is {info.Format}, and {format} was asked for.";
        // Opus is always 48000 Hz, whatever it was made of.
        if (sampleRate is { } rate && info.SampleRate != rate && info.Codec != "Opus") yield return FormattableString.Invariant($"It has {info.SampleRate} Hz, and {rate} were asked for.");
        if (channels is { } count && info.Channels != count) yield return FormattableString.Invariant($"It has {info.Channels} channels, and {count} were asked for.");
        if (info.Faults.Contains(nameof(AudioFaults.Truncated))) yield return FormattableString.Invariant($"It is cut off after {info.Duration.TotalSeconds:0.0##} s.");
        else if (info.Duration == TimeSpan.Zero) yield return "There is no sound in it.";
    }
}
