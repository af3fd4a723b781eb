namespace RunwareTts.Files;

/// <summary>What an absolute path is on this system.</summary>
internal static class FullPath
{
    /// <summary>It depends on no current folder or drive. On Windows \x does.</summary>
    public static bool IsFull(string path) => IsFull(path, OperatingSystem.IsWindows());

    internal static bool IsFull(string path, bool isWindows)
    {
        bool IsSeparator(int at) => path.Length > at && path[at] is '/' or '\\';
        return isWindows
            ? IsSeparator(0) && IsSeparator(1) || IsSeparator(2) && path[1] == ':' && char.IsLetter(path[0])
            : path.StartsWith('/');
    }

    /// <summary>The same path, relative to a folder (or a root) that it is below; null where it is not.</summary>
    public static string? Below(string folder, string path) =>
        Below(folder, path, Path.DirectorySeparatorChar, OperatingSystem.IsWindows());

    internal static string? Below(string folder, string path, char separator, bool ignoresCase)
    {
        string start = folder.TrimEnd(separator) + separator;
        return path.StartsWith(start, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? path.Substring(start.Length) : null;
    }

    /// <summary>It names a device of Windows, or a root: nothing can be written next to it.</summary>
    public static bool IsDevice(string path) =>
        Path.GetDirectoryName(path) is null || OperatingSystem.IsWindows() && SafeName.IsDevice(Path.GetFileName(path));
}
