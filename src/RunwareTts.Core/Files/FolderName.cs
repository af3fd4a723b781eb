namespace RunwareTts.Files;

/// <summary>Tells whether two paths of folders are one folder.</summary>
internal static class FolderName
{
    /// <summary>Windows and macOS do not tell names apart that differ only in case.</summary>
    public static StringComparer Comparer =>
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The folder behind all links; it need not be there.</summary>
    public static string Real(string directory)
    {
        string full = Path.GetFullPath(directory);
#if NET
        full = RealPath.Of(full) ?? full;
#endif
        return full.Length > Path.GetPathRoot(full)!.Length ? full.TrimEnd(Path.DirectorySeparatorChar) : full;
    }
}
