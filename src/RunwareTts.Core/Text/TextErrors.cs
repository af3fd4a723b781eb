using System.Globalization;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException BadMaxLength(int value, int most) =>
        new("InvalidRequest.MaxLength", TtsErrorKind.InvalidArgument, string.Format(CultureInfo.InvariantCulture, "MaxLength {0} is outside 1 to {1}, which is all that the service takes at once. Leave it out for {1}.", value, most)) { EndsPipeline = true };

    public static TtsException NothingToSplit() =>
        Invalid("Text", "There is no text. Pipe strings or files, or give -Text, -Path or -LiteralPath.");

    public static TtsException PipedBeside(string parameter) =>
        Invalid("InputObject", $"Something was piped beside -{parameter}, and only one of them can be split. Leave one out.");

    public static TtsException TextNotFound(string path) =>
        new("FileNotFound", TtsErrorKind.ObjectNotFound, $"There is no file {path}. Check the path; a text itself is piped or given by -Text.");

    public static TtsException NotATextFile(string path, string why) =>
        Invalid("Path", $"{path} is no text in UTF-8, or in UTF-16 with a byte order mark: {why}. Of another encoding, pipe the text: Get-Content -Raw -Encoding ... | Split-TtsText. A PDF, an e-book or a document of an office program is to be saved as plain text first.");

    public static TtsException LostInFile(string path, TtsTextPart part) =>
        Invalid("Path", $"{path} has lost a character in part {part.Index}: "
            + $"{Text.PlainText.LostCharacter("Text", part.Text)} A file in UTF-8 lost it when it was saved: "
            + "save it again from its source.");

    public static TtsException FolderIsNoText(string path) =>
        Invalid("Path", $"{path} is a folder. Pipe its files: Get-ChildItem -File | Split-TtsText.");
}
