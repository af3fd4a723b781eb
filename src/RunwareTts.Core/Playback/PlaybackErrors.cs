using RunwareTts.Tools;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException PlayerMissing(IEnumerable<string> names) =>
        new("PlayerMissing", TtsErrorKind.NotInstalled, "There is no program that plays sound: none of "
            + $"{string.Join(", ", names)} was found on PATH. Install one, such as ffplay, which comes with ffmpeg: "
            + $"{Program.Ffmpeg.InstallCommand}")
            { EndsPipeline = true };

    public static TtsException PlayerNotFound(string player) =>
        new("PlayerMissing", TtsErrorKind.NotInstalled, $"There is no program '{player}'. -Player takes the name of "
            + "a program on PATH or the path of one, such as ffplay, which comes with ffmpeg: "
            + $"{Program.Ffmpeg.InstallCommand}")
            { EndsPipeline = true };

    public static TtsException NoAudioDevice(IReadOnlyList<(string Player, string Why)> failures)
    {
        string others = failures.Count == 1 ? ""
            : $" {string.Join(", ", failures.Skip(1).Select(failure => failure.Player))} failed too.";
        return new("NoAudioDevice", TtsErrorKind.ResourceUnavailable, "No sound device works. "
            + $"{failures[0].Player}: {Sentence.End(failures[0].Why)}{others} Connect a device, or start the sound "
            + "server (PipeWire or PulseAudio on Linux; in a container or over SSH, PULSE_SERVER names that of "
            + "another machine). "
            + "Without a device, save the speech and play the file elsewhere.")
            { EndsPipeline = true };
    }

    public static TtsException ClipNotFetched(string name, TtsException why) =>
        new("DownloadFailed", why.Kind, $"The audio at {name} cannot be fetched: {why.Message}", why);

    public static TtsException ClipNotWritten(string path, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"The temporary file {path} could not be written: "
            + $"{Sentence.End(cause.Message)} Make room in the temp folder, or set TMPDIR (TEMP on Windows).", cause);

    public static TtsException NoAudioUrl(string url) =>
        Invalid("AudioUrl", $"AudioUrl '{Presigned.Mask(url)}' is not an absolute http or https URL.");

    public static TtsException NothingToHear() =>
        Invalid("InputObject", "The piped object has no audio: its Path, AudioData and AudioUrl are empty. Give paths, "
            + "files of Get-ChildItem, URLs, or results; Wait-TtsTask fetches the result of a task.");

    public static TtsException PlayWithAsync() =>
        Invalid("Play", "-Play needs results, and -Async emits tasks. Leave one of them out, or play the results of "
            + "Wait-TtsTask with Out-TtsSpeaker.");

    /// <summary>A warning: the result is there all the same.</summary>
    public static string NotPlayed(TtsException why) =>
        $"A result could not be played, but it is complete. {why.ErrorId}: {why.Message}";
}
