using System.Text;

namespace RunwareTts.Files;

/// <summary>
/// Which paths cannot be those of a file: found before anything is paid for, and not when the audio is there.
/// </summary>
internal static class PathRules
{
    private const int MaxName = 255;
    private const int MaxWindowsPath = 32766;
    private const int MaxLinuxPath = 4095;
    private const int MaxMacPath = 1023;

    private const string Verbatim = @"\\?\";

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Why an OutputPath, as it is written, names a folder; null where it names a file.</summary>
    public static string? FolderFault(string value)
    {
        string last = value.Split(Separators).Last();
        return last is "" or "." or ".." or "~" || last.EndsWith(':')
            ? $"OutputPath '{value}' names a folder. Give the file's name too, such as "
                + $"'{value.TrimEnd(Separators)}/welcome.mp3'."
            : null;
    }

    /// <summary>Why Windows cannot have a file under this name, as it is written; null where it can.</summary>
    /// <param name="value">A PowerShell path: a provider and a drive are not looked at.</param>
    public static string? WindowsFault(string value)
    {
        int provider = value.LastIndexOf("::", StringComparison.Ordinal);
        string path = provider < 0 ? value : value.Substring(provider + 2);
        if (path.StartsWith(Verbatim, StringComparison.Ordinal))
            path = path.Substring(Verbatim.Length);
        int drive = path.IndexOf(':');
        if (drive >= 0 && path.IndexOfAny(Separators) is var slash && (slash < 0 || drive < slash))
            path = path.Substring(drive + 1);
        return path.Split(Separators).Where(part => part is not ("" or "." or "..")).Select(SafeName.Fault)
            .FirstOrDefault(fault => fault is not null);
    }

    /// <summary>
    /// Why an absolute path is too long, or null. Windows counts in UTF-16, other systems in bytes of UTF-8.
    /// </summary>
    public static string? LengthFault(string path, bool isWindows, int maxPath)
    {
        int Length(string text) => isWindows ? text.Length : Encoding.UTF8.GetByteCount(text);
        string unit = isWindows ? "characters" : "bytes";
        string[] parts = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        if (parts.FirstOrDefault(part => Length(part) > MaxName) is { } name)
            return $"has the part '{Words.Short(name)}' of {Length(name)} {unit}. A name may have {MaxName}.";
        // The file is written under a temporary name in the same folder first.
        int temporary = PendingFile.TemporaryLength - Length(parts[parts.Length - 1]);
        int length = Length(path) + Math.Max(0, temporary);
        return length > maxPath ? $"is a path of {length} {unit}, with the name that the file has while it is written. "
            + $"A path may have {maxPath} here." : null;
    }

    /// <summary>Why this file cannot be on this system; null where it can.</summary>
    public static string? Fault(string written, string path)
    {
        bool isWindows = OperatingSystem.IsWindows();
        int maxPath = isWindows ? MaxWindowsPath : OperatingSystem.IsMacOS() ? MaxMacPath : MaxLinuxPath;
        return (isWindows ? WindowsFault(written) : null) ?? LengthFault(path, isWindows, maxPath);
    }
}
