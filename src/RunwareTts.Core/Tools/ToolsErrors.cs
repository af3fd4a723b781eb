using System.ComponentModel;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException ToolMissing(string program, string why, string install) =>
        new("OfflineToolMissing", TtsErrorKind.NotInstalled, $"{why} It needs the program {program}, which was not found on PATH. Install it with: {install}");

    public static TtsException ToolNotStarted(string path, Win32Exception cause)
    {
        // Its own message is as long as the path is, twice.
        string why = new Win32Exception(cause.NativeErrorCode).Message.TrimEnd('.');
        string install = Tools.Program.Named(Path.GetFileNameWithoutExtension(path)) is { } program
            ? $" Install it again with: {program.InstallCommand}" : "";
        return new("OfflineToolMissing", TtsErrorKind.NotInstalled, $"The program {path} cannot be started: "
            + $"{why}. It must be a program of this system and processor that this account may "
            + $"execute.{install}", cause);
    }

    public static TtsException ToolFailed(string program, string why) =>
        new("OfflineToolFailed", TtsErrorKind.InvalidResult, $"{program} failed: {why}");

    /// <summary>The program is there, and its voice data is not.</summary>
    public static TtsException VoicesMissing(string program, Exception? cause) =>
        new("OfflineToolFailed", TtsErrorKind.NotInstalled, $"{program} lists no "
            + $"voices{(cause is null ? "." : $": {Sentence.End(cause.Message)}")} Install its voice data (Debian: "
            + "apt-get install --reinstall espeak-ng-data), then run this command again.", cause);
}
