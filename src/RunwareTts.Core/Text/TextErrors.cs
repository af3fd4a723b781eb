using System.Globalization;
using RunwareTts.Text;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException BadMaxLength(int value, int max) =>
        new("InvalidRequest.MaxLength", TtsErrorKind.InvalidArgument, string.Format(CultureInfo.InvariantCulture,
            "MaxLength {0} is outside 1 to {1}, the limit of the service. Leave it out for {1}.", value, max))
            { EndsPipeline = true };

    public static TtsException NothingToSplit() =>
        Invalid("Text", "There is no text. Pipe strings or files, or give -Text, -Path or -LiteralPath.");

    public static TtsException PipedBeside(string parameter) =>
        Invalid("InputObject", $"Something was piped together with -{parameter}. Leave one of them out.");

    public static TtsException TextNotFound(string path) =>
        new("FileNotFound", TtsErrorKind.ObjectNotFound,
            $"There is no file {path}. Check the path; to split a text itself, pipe it or give it by -Text.");

    public static TtsException NotATextFile(string path, string why) =>
        Invalid("Path", $"{path} is not a text in UTF-8, or in UTF-16 with a byte order mark: {why}. If it has another "
            + "encoding, pipe the text: Get-Content -Raw -Encoding ... | Split-TtsText. Save a PDF, an e-book or an "
            + "office document as plain text first.");

    public static TtsException LostInFile(string path, TtsTextPart part) =>
        Invalid("Path", $"{path} has lost a character in part {part.Index}: "
            + $"{PlainText.LostCharacter("Text", part.Text)} A file in UTF-8 lost it when it was saved: "
            + "save it again from its source.");

    public static TtsException FolderIsNoText(string path) =>
        Invalid("Path", $"{path} is a folder. Pipe its files: Get-ChildItem -File | Split-TtsText.");
}
