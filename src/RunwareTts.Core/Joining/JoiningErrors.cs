using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Files;

namespace RunwareTts;

internal static partial class Errors
{
    private const int MaxGap = 3600;

    public static TtsException UnknownOutput(string path) =>
        Invalid("OutputPath", $"The extension of OutputPath '{path}' is not that of an audio format. Allowed: "
            + $"{string.Join(", ", SpeechCatalog.Formats.Select(f => f.Extension))}.");

    public static void CheckGap(string parameter, double seconds)
    {
        if (seconds is not (>= 0 and <= MaxGap))
            throw Invalid(parameter, string.Format(CultureInfo.InvariantCulture,
                "{0} {1} is outside 0 to {2} seconds. For half a second, use 0.5.", parameter, seconds, MaxGap));
    }

    public static TtsException NothingToJoin() =>
        Invalid("InputObject", "There are no files to join. "
            + "Pipe the results of New-TtsSpeech -OutputDirectory ..., or give files with -Path.");

    public static TtsException OutputIsPart(string path) =>
        Invalid("OutputPath", $"{path} is both the output and one of the parts. Give another -OutputPath.");

    public static TtsException PartInvalid(string path, string why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"{path} cannot be joined. {why} No file was written. "
            + "Fetch or generate this part again; Get-TtsAudioInfo shows the faults of a file.");

    public static TtsException PartsDiffer(TtsAudioInfo part, TtsAudioInfo first) =>
        Invalid("InputObject", $"{part.Path} has {TtsFormat.Settings(part.SampleRate, part.Channels)}, and "
            + $"{first.Path} has {TtsFormat.Settings(first.SampleRate, first.Channels)}. All parts must have the "
            + "same sample rate and number of channels: generate them with the same -OutputFormat, -SampleRate and "
            + "-Channels.");

    public static TtsException NoSubtitle(string path) =>
        Invalid("Subtitle", $"{path} has no Text, which its subtitles require. "
            + "Pipe the results of New-TtsSpeech, or rows with Path and Text, or leave -Subtitle out.");

    public static TtsException NotEncodable(AudioFormat format, int rate, int channels) =>
        Invalid("OutputPath", $"{format.Name} cannot hold {TtsFormat.Settings(rate, channels)}. Get-TtsFormat "
            + $"{format.Name} lists what it can hold; .wav and .flac hold every rate.");

    public static TtsException JoinInvalid(string path, Exception why) =>
        new("AudioInvalid", TtsErrorKind.InvalidResult, $"The joined file for {path} does not match its parts: "
            + $"{Sentence.End(why.Message)} It was not saved, and the parts are unchanged. Please report it.", why);

    public static TtsException JoinNotWritten(string path, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{path} could not be written: "
            + $"{Sentence.End(cause.Message)} The parts are unchanged. Free some space, or give another -OutputPath.",
            cause) { EndsPipeline = FileFault.IsFull(cause) };
}
