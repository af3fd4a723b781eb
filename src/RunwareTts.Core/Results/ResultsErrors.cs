namespace RunwareTts;

/// <summary>The errors of this module: id, kind and message. Each room has those that only it raises.</summary>
internal static partial class Errors
{
    public static TtsException InvalidRow(IReadOnlyList<Problem> problems) =>
        new($"InvalidRequest.{problems[0].Parameter}", TtsErrorKind.InvalidArgument,
            string.Join(" ", problems.Select(p => p.Message)));

    public static TtsException Invalid(string parameter, string message) =>
        InvalidRow([new Problem(parameter, message)]);

    public static TtsException OutputExists(string path) =>
        new("OutputExists", TtsErrorKind.ResourceExists, Directory.Exists(path)
            ? $"{path} is a folder. Give the row another OutputPath or Id."
            : $"{path} exists already, and was left as it is. Use -Force to overwrite it, or another OutputPath.");

    public static TtsException PaidOutputExists(string path, string provider) =>
        new("OutputExists", TtsErrorKind.ResourceExists, $"{path} is speech that you paid for, and {provider} would "
            + "replace it with other speech. Use another -OutputDirectory or OutputPath, or -Force to replace it.");

    public static TtsException NotSupported(string parameter, string provider, string why, bool endsPipeline = false) =>
        new($"NotSupported.{parameter}", TtsErrorKind.NotImplemented, $"{provider} does not support {parameter}: {why}")
            { EndsPipeline = endsPipeline };

    public static TtsException FileNotReadable(string path, Exception cause) =>
        new("FileNotReadable", TtsErrorKind.ReadError, $"{path} cannot be read: "
            + $"{Sentence.End(cause.Message)} Check your rights, and that no other program locks it.", cause);

    public static TtsException UnseenInOutput(string name, string unseen) =>
        Invalid("OutputPath", $"OutputPath '{name}' has an invisible character that may hide its real name: "
            + $"{unseen}. Type the name again, without it.");

    public static TtsException OutputIsDevice(string path) =>
        Invalid("OutputPath", $"OutputPath '{path}' names a device and not a file: "
            + "Windows keeps CON, PRN, AUX, NUL, COM1 to COM9 and LPT1 to LPT9 for devices, with any extension. "
            + $"Give another name, such as '_{Path.GetFileName(path)}'.");
}
