namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException NoAudio(string path, Exception why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"{path} cannot be read as audio: {Sentence.End(why.Message)} "
            + "The formats are MP3, WAV, FLAC and OGG (Vorbis, Opus, FLAC, Speex), whatever the file's name. "
            + "Download or encode it again.", why);

    public static TtsException FileNotFound(string path, bool isFolder) =>
        new("FileNotFound", TtsErrorKind.ObjectNotFound, isFolder
            ? $"{path} is a folder. Name the files in it: {Path.Combine(path, "*.mp3")}"
            : $"There is no file {path}. Check the name; if it contains brackets, use -LiteralPath.");

    public static TtsException NoFile(string why) =>
        Invalid("InputObject", $"{why} Give paths, files of Get-ChildItem, or results with a Path; "
            + "Save-TtsSpeech saves a result that has none.");
}
