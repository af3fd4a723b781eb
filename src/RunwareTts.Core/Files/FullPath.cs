using System.Runtime.InteropServices;

namespace RunwareTts.Files;

/// <summary>What an absolute path is on this system.</summary>
internal static class FullPath
{
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>It depends on no current folder or drive. On Windows \x does.</summary>
    public static bool IsFull(string path) => IsFull(path, IsWindows);

    internal static bool IsFull(string path, bool isWindows)
    {
        bool IsSeparator(int at) => path.Length > at && path[at] is '/' or '\\';
        return isWindows
            ? IsSeparator(0) && IsSeparator(1) || IsSeparator(2) && path[1] == ':' && char.IsLetter(path[0])
            : path.StartsWith('/');
    }

    /// <summary>A path lies below a folder, which may be a root.</summary>
    public static bool Holds(string folder, string path) => Holds(folder, path, Path.DirectorySeparatorChar, IsWindows);

    internal static bool Holds(string folder, string path, char separator, bool ignoresCase)
    {
        string start = folder.TrimEnd(separator) + separator;
        return path.StartsWith(start, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>It names a device of Windows, or a root: nothing can be written next to it.</summary>
    public static bool IsDevice(string path) =>
        Path.GetDirectoryName(path) is null || IsWindows && SafeName.IsDevice(Path.GetFileName(path));
}
