using RunwareTts.Files;
namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException OutputPathTaken(string path) =>
        new("OutputPathTaken", TtsErrorKind.ResourceExists,
            $"{path} belongs to an earlier row of this pipeline (names that differ only in case count as one). "
            + "Give each row an OutputPath or Id of its own.");

    public static TtsException FolderNotWritable(string folder, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError,
            $"The folder {folder} cannot be written: {Sentence.End(cause.Message)} Nothing was sent. "
            + "Give another -OutputDirectory or OutputPath.", cause)
            { EndsPipeline = FileFault.IsFull(cause) };
}
