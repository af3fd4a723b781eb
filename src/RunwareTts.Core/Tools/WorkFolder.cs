using System.Runtime.InteropServices;

namespace RunwareTts.Tools;

/// <summary>
/// The folder in which a child process starts, so that it gets the bare names of files. Windows programs read their
/// arguments in the ANSI code page, and cannot open C:\Users\Łukasz\… on most machines.
/// </summary>
internal sealed class WorkFolder
{
    // CreateProcess takes no current directory of more than 258 characters, and none with the prefix \\?\.
    private const int MaxLength = 250;

    private WorkFolder(string? path) => Path = path;

    /// <summary>Null if no program can start in it.</summary>
    public string? Path { get; }

    public static WorkFolder Of(string file) => Of(file, RuntimeInformation.IsOSPlatform(OSPlatform.Windows));

    internal static WorkFolder Of(string file, bool isWindows)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!;
        bool isRefused = isWindows
            && (folder.Length > MaxLength || folder.StartsWith(@"\\?\", StringComparison.Ordinal));
        return new WorkFolder(isRefused ? null : folder);
    }

    /// <summary>The argument for a file in it.</summary>
    public string NameOf(string file) => Path is null ? file : System.IO.Path.GetFileName(file);
}
