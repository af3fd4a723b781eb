namespace RunwareTts;

internal static partial class Errors
{
    /// <summary>The program is installed, and its voice data is not.</summary>
    public static TtsException VoicesMissing(string program, Exception? cause) =>
        new("OfflineToolFailed", TtsErrorKind.NotInstalled, $"{program} lists no voices"
            + (cause is null ? "." : $": {Sentence.End(cause.Message)}") + " Install its voice data (Debian: "
            + "apt-get install --reinstall espeak-ng-data), then run this command again.", cause);

    public static TtsException VariantMissing(string variant) =>
        ToolFailed("espeak-ng", $"it has no voice variant '{variant}' here. "
            + "Install its complete voice data (espeak-ng-data 1.51 or newer).");
}
