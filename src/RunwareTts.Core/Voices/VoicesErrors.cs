using RunwareTts.Catalog;
using RunwareTts.Voices;

namespace RunwareTts;

internal static partial class Errors
{
    private static Limits ClipLimits => SpeechCatalog.Limits;

    public static TtsException VoiceInvalid(string file, string why, Exception? cause = null)
    {
        string name = VoiceFile.NameOf(file);
        string next = VoiceName.Fault(name) is null
            ? $"Keep the voice again (New-TtsVoice {name} -Force), or remove it (Remove-TtsVoice {name})."
            : "Rename the file; the voice has its name without the extension.";
        return new("VoiceInvalid", TtsErrorKind.InvalidData,
            $"The voice file {file} cannot be used. {Sentence.End(why)} {next}", cause);
    }

    public static TtsException VoiceChanged(string name, string clip) =>
        new("VoiceInvalid", TtsErrorKind.InvalidData, $"{clip}, the clip of the voice '{name}', has changed since an "
            + "earlier row of this pipeline, and its transcript may not fit any more. Run the rows that are left again "
            + "when the voice is as it should be.");

    public static TtsException VoiceExists(string name, string file) =>
        new("VoiceExists", TtsErrorKind.ResourceExists,
            $"A voice '{name}' already exists: {file}. Nothing was changed. Use -Force to replace it, or give "
            + "another -Name.");

    public static TtsException VoiceNotWritten(string file, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{file} cannot be written: {Sentence.End(cause.Message)} "
            + $"The voice was not kept. Give a writable -VoiceFolder, or set {VoiceFolders.Variable}.", cause);

    public static TtsException VoiceNotRemoved(string file, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{file} cannot be removed: {Sentence.End(cause.Message)} "
            + "Check your rights there, and that no other program locks it.", cause);

    /// <summary>For Remove-TtsVoice, which knows no presets.</summary>
    public static TtsException KeptVoiceNotFound(string name, IReadOnlyCollection<string> kept) =>
        new("VoiceNotFound", TtsErrorKind.ObjectNotFound, VoiceName.Fault(name) is { } fault
            ? $"There is no kept voice '{name}', which {fault} Get-TtsVoice -Kind Kept lists the kept voices."
            : $"There is no kept voice '{name}'.{Words.DidYouMean(Nearness.Find(name, kept))} Get-TtsVoice -Kind Kept "
                + "lists them.");

    public static TtsException BadVoiceName(string name, string fault) =>
        Invalid("Name", $"Name '{Words.Short(name)}' {fault} A kept voice has a name of letters, digits, dots, "
            + "underscores and hyphens, such as 'anna' or 'old-announcer', which is not that of a preset voice "
            + $"({string.Join(", ", SpeechCatalog.Voices.Select(v => v.Name))}) nor auto, design or clone.");

    public static TtsException NoVoiceFolder(string folder) =>
        Invalid("VoiceFolder", $"VoiceFolder '{folder}' is not a folder. Check the path, or leave it out; "
            + "New-TtsVoice -VoiceFolder creates one.");

    public static TtsException NoUserFolder() =>
        Invalid("VoiceFolder", "This account has no home folder to keep voices in. Give -VoiceFolder, or set "
            + $"{VoiceFolders.Variable} to the absolute path of a folder.");

    public static TtsException TranscriptTooLong(string transcript, int maxBytes) =>
        Invalid("Transcript", FormattableString.Invariant($"Transcript has {transcript.Length} characters, and the ")
            + FormattableString.Invariant($"file of a voice holds {maxBytes} bytes. ")
            + "It is what is said in the clip, and nothing else.");

    public static TtsException BadClip(string parameter, string given, string fault) =>
        Invalid(parameter, $"{parameter} '{given}' {fault} Give a clip of "
            + $"{ClipLimits.ShortClipSeconds} to {ClipLimits.LongClipSeconds} s in which one person speaks, as "
            + $"{Words.Or(SpeechCatalog.Formats.Select(f => f.Name))}.");

    public static TtsException BadClipAddress(string parameter, string given) =>
        Invalid(parameter, given.EndsWith('*')
            ? $"{parameter} '{given}' is a URL without its query, as results show it. Give the whole URL again, or "
                + "the path of the clip."
            : $"{parameter} is not an http or https URL (it is not shown, as it may hold a secret). Give the path of "
                + "a clip, a whole URL such as https://example.org/anna.wav, or the UUID of stored media.");
}
