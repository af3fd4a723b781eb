using System.Runtime.InteropServices;

namespace RunwareTts.Offline;

/// <summary>A program that the offline voice needs, where it is on this machine, and how to install it.</summary>
internal sealed record Program(string Name, string WingetId)
{
    public static readonly Program Espeak = new("espeak-ng", "eSpeak-NG.eSpeak-NG");
    public static readonly Program Ffmpeg = new("ffmpeg", "Gyan.FFmpeg");

    /// <exception cref="TtsException">OfflineToolMissing, with the install command of this system.</exception>
    public string Require(string why) => Find() ?? throw Errors.ToolMissing(Name, why, InstallCommand);

    public string? Find()
    {
        string file = IsWindows ? Name + ".exe" : Name;
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        // Its Windows installer leaves PATH alone.
        if (IsWindows)
            folders = folders.Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "eSpeak NG"));
        return folders
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder.Trim('"'), file))
            .FirstOrDefault(File.Exists);
    }

    private string InstallCommand =>
        IsWindows ? $"winget install {WingetId}"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? $"brew install {Name}"
        : File.Exists("/usr/bin/dnf") ? $"sudo dnf install -y {Name}"
        : File.Exists("/usr/bin/pacman") ? $"sudo pacman -S {Name}"
        : File.Exists("/sbin/apk") ? $"sudo apk add {Name}"
        : $"sudo apt-get install -y {Name}";

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
}
