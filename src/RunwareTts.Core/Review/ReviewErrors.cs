using System.Globalization;
using RunwareTts.Files;
using RunwareTts.Review;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException NotAPage(string path) =>
        Invalid("OutputPath", $"OutputPath '{path}' does not end in .html or .htm. Give the review page a name that "
            + "browsers open, such as review.html.");

    public static TtsException NoFolder(string path) =>
        new("FileNotFound", TtsErrorKind.ObjectNotFound, File.Exists(path)
            ? $"{path} is a file. Give the folder that it is in, or pipe the file: "
                + $"Get-Item '{path}' | Export-TtsReport ..."
            : $"There is no folder {path}. Give the -OutputDirectory of a batch, or pipe the results of "
                + "New-TtsSpeech.");

    public static TtsException NoClipsIn(string folder) =>
        Invalid("Path", $"The folder {folder} has no audio files (.mp3, .wav, .flac, .ogg), so there is nothing to "
            + "review. Give the -OutputDirectory of a batch.");

    public static TtsException NothingToReview() =>
        Invalid("InputObject", "There are no clips to review. Pipe the results of New-TtsSpeech, or give the folder of "
            + "a batch: Export-TtsReport out -OutputPath review.html");

    public static TtsException NotAClip(string type) =>
        Invalid("InputObject", $"The piped object of type {type} has neither a Path nor AudioData nor an AudioUrl, so "
            + "it is not a clip. Pipe the results of New-TtsSpeech, the entries of Get-TtsLedger, files or a folder.");

    public static TtsException TooManyClips() =>
        new("InvalidRequest.InputObject", TtsErrorKind.InvalidArgument, string.Format(CultureInfo.InvariantCulture,
            "There are more than {0} clips, and a page cannot hold more. Make several pages: "
                + "... | Select-Object -First {0} | Export-TtsReport ...", SpeechReview.MaxClips))
            { EndsPipeline = true };

    public static TtsException TooMuchAudio(long bytes) =>
        Invalid("EmbedAudio", string.Format(CultureInfo.InvariantCulture,
            "The clips have {0:0} MB, and a page can hold {1} MB. Leave -EmbedAudio out, so that the page links to the "
                + "clips, or make several pages.", bytes / 1e6, SpeechReview.MaxEmbeddedMegabytes));

    public static TtsException PageNotWritten(string path, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{path} could not be written: "
            + $"{Sentence.End(cause.Message)} The clips are unchanged. Free some space, or give another -OutputPath.",
            cause) { EndsPipeline = FileFault.IsFull(cause) };
}
