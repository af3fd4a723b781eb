namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException OutputOutsideDirectory(string value, string why) =>
        new("OutputOutsideDirectory", TtsErrorKind.PermissionDenied,
            $"OutputPath '{value}' {why} With -OutputDirectory it is a plain relative path inside that folder, "
            + "such as 'intro/welcome.mp3'.");
}
