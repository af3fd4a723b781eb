using System.Globalization;
using RunwareTts.Catalog;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException UnknownOutput(string path) =>
        Invalid("OutputPath", $"OutputPath '{path}' does not say by its extension what to join into. Allowed: {string.Join(", ", SpeechCatalog.Formats.Select(f => f.Extension))}.");

    public static void CheckGap(string parameter, double seconds)
    {
        const int most = 3600;
        if (!(seconds >= 0 && seconds <= most))
            throw Invalid(parameter, string.Format(CultureInfo.InvariantCulture, "{0} {1} is outside 0 to {2} seconds. Write 0.5 for half a second.", parameter, seconds, most));
    }

    public static TtsException NothingToJoin() =>
        Invalid("InputObject", "There is nothing to join. Pipe the results of New-TtsSpeech -OutputDirectory ..., or give files by -Path.");

    public static TtsException OutputIsPart(string path) =>
        Invalid("OutputPath", $"{path} is to be written, and is one of the parts. Give another -OutputPath.");

    public static TtsException PartInvalid(string path, string why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"{path} cannot be joined. {why} Nothing was written, since a file with a hole is worse than none. Fetch or speak this part again; Get-TtsAudioInfo tells what is wrong with a file.");

    public static TtsException PartsDiffer(TtsAudioInfo part, TtsAudioInfo first) =>
        Invalid("InputObject", $"{part.Path} has {TtsFormat.Settings(part.SampleRate, part.Channels)}, and {first.Path} has {TtsFormat.Settings(first.SampleRate, first.Channels)}. Parts of one file have one sample rate and one number of channels: speak them with the same -OutputFormat, -SampleRate and -Channels.");

    public static TtsException NoSubtitle(string path) =>
        Invalid("Subtitle", $"{path} came without a Text, so it can have no subtitle. Pipe the results of New-TtsSpeech, or rows with Path and Text, or leave -Subtitle out.");

    public static TtsException NotEncodable(AudioFormat format, int rate, int channels) =>
        Invalid("OutputPath", $"{format.Name} cannot hold {TtsFormat.Settings(rate, channels)}. Get-TtsFormat {format.Name} lists what it can; join into .wav or .flac, which hold everything.");

    public static TtsException JoinInvalid(string path, Exception why) =>
        new("AudioInvalid", TtsErrorKind.InvalidResult, $"What was joined for {path} is not what its "
            + $"parts are together: {Sentence.End(why.Message)} It was not saved, and the parts are as they were. "
            + "Please report it.", why);

    public static TtsException JoinNotWritten(string path, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{path} could not be written: "
            + $"{Sentence.End(cause.Message)} The parts are as they were: make room, or give another -OutputPath.",
            cause) { EndsPipeline = Files.FileFault.IsFull(cause) };
}
