namespace RunwareTts.Files;

/// <summary>Where paths lead when every link on their way is followed. .NET Framework cannot follow links.</summary>
internal static class RealPath
{
#if NET
    private const int MaxLinks = 40;
#endif

    /// <summary>Windows and macOS do not distinguish names that differ only in case.</summary>
    public static StringComparer Comparer =>
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The folder behind all links; it need not exist.</summary>
    public static string OfFolder(string directory)
    {
        string full = Path.GetFullPath(directory);
#if NET
        full = Of(full) ?? full;
#endif
        return full.Length > Path.GetPathRoot(full)!.Length ? full.TrimEnd(Path.DirectorySeparatorChar) : full;
    }

    /// <summary>The path is a link, and does not lead into the folder.</summary>
    public static bool LeadsOut(string path, string directory)
    {
#if NET
        return new FileInfo(path).LinkTarget is not null
            && (Of(path) is not { } real || Of(directory) is not { } folder || FullPath.Below(folder, real) is null);
#else
        return ReparsePoint.IsLink(path);
#endif
    }

#if NET
    // Null for links that form a circle. What does not exist counts as no link.
    private static string? Of(string path)
    {
        int links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    private static string? Follow(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        if (Follow(parent, ref links) is not { } real)
            return null;
        string here = Path.Combine(real, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
            return here;
        return ++links > MaxLinks ? null : Follow(Path.GetFullPath(Path.Combine(real, target)), ref links);
    }
#endif
}
