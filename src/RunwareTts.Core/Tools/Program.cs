using System.Runtime.InteropServices;

namespace RunwareTts.Tools;

/// <summary>A program that the module runs: where it is on this machine, and how to install it.</summary>
internal sealed record Program(string Name)
{
    public static readonly Program Espeak = new("espeak-ng")
    {
        WindowsFolder = "eSpeak NG",
        WindowsKey = @"SOFTWARE\eSpeak NG",
        Windows = "winget install eSpeak-NG.eSpeak-NG",
    };

    public static readonly Program Ffmpeg = new("ffmpeg") { Windows = "winget install Gyan.FFmpeg" };

    // In this order, so that apt does not add a dictionary of 200 MB.
    public static readonly Program Mecab = new("mecab")
    {
        WindowsFolder = @"MeCab\bin",
        Windows = "the installer at https://github.com/ikegami-yukino/mecab/releases, choosing UTF-8",
        Apt = "mecab-ipadic-utf8 mecab",
        Others = "mecab mecab-ipadic",
    };

    private string? WindowsFolder { get; init; }

    private string Windows { get; init; } = "";

    private string Apt { get; init; } = Name;

    private string Others { get; init; } = Name;

    private string? WindowsKey { get; init; }

    public string InstallCommand =>
        IsWindows ? Windows
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? $"brew install {Others}"
        : File.Exists("/usr/bin/dnf") ? $"sudo dnf install -y {Others}"
        : File.Exists("/usr/bin/pacman") ? $"sudo pacman -S {Others}"
        : File.Exists("/sbin/apk") ? $"sudo apk add {Others}"
        : $"sudo apt-get install -y {Apt}";

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public static Program? Named(string name) =>
        new[] { Espeak, Ffmpeg, Mecab }.FirstOrDefault(program => program.Name == name);

    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public string Require(string why) => Find() ?? throw Missing(why);

    /// <summary>OfflineToolMissing if it is not on this machine; else null.</summary>
    public TtsException? FindMissing(string why) => Find() is null ? Missing(why) : null;

    private TtsException Missing(string why) => Errors.ToolMissing(Name, why, InstallCommand);

    public string? Find()
    {
        string file = IsWindows ? Name + ".exe" : Name;
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] found =
        [
            .. folders.Concat(IsWindows ? InstalledFolders() : [])
                .Where(folder => folder.Length > 0)
                .Select(folder => Path.Combine(folder.Trim('"'), file))
                .Where(File.Exists)
                .Select(Path.GetFullPath),
        ];
#if NET
        // As a shell does, it prefers a file that may run.
        return found.FirstOrDefault(MayRun) ?? found.FirstOrDefault();
#else
        return found.FirstOrDefault();
#endif
    }

    // Windows installers leave PATH alone.
    private IEnumerable<string> InstalledFolders()
    {
        if (WindowsKey is not null)
        {
            foreach (string path in WindowsRegistry.ReadMachine(WindowsKey, "Path"))
                yield return path;
        }

        if (WindowsFolder is null)
            yield break;
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), WindowsFolder);
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), WindowsFolder);
    }

#if NET
    private static bool MayRun(string file)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & execute) != 0;
    }
#endif
}
