using System.ComponentModel;
using RunwareTts.Tools;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException ToolMissing(string program, string why, string install) =>
        new("OfflineToolMissing", TtsErrorKind.NotInstalled,
            $"{why} The program {program} was not found on PATH. Install it with: {install}");

    public static TtsException ToolNotStarted(string path, Win32Exception cause)
    {
        // The message of the cause itself repeats the path twice.
        string why = new Win32Exception(cause.NativeErrorCode).Message.TrimEnd('.');
        string install = Program.Named(Path.GetFileNameWithoutExtension(path)) is { } program
            ? $" Install it again with: {program.InstallCommand}" : "";
        return new("OfflineToolMissing", TtsErrorKind.NotInstalled, $"The program {path} cannot be started: {why}. "
            + "It must be a program for this system and processor, and this account must be allowed to execute it."
            + install, cause);
    }

    public static TtsException ToolFailed(string program, string why) =>
        new("OfflineToolFailed", TtsErrorKind.InvalidResult, $"{program} failed: {why}");
}
