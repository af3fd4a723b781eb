#if !NET
using System.Runtime.InteropServices;
#endif

namespace RunwareTts.Files;

/// <summary>What Windows keeps with a file that is more than one: a link, deduplicated, or in the cloud.</summary>
internal static class ReparsePoint
{
    private const uint MountPoint = 0xA0000003;
    private const uint SymbolicLink = 0xA000000C;

    /// <summary>Only symbolic links and junctions lead to another place.</summary>
    public static bool LeadsAway(uint tag) => tag is MountPoint or SymbolicLink;

#if !NET
    private static readonly IntPtr None = new(-1);

    /// <summary>There is a link of this name.</summary>
    public static bool IsLink(string path)
    {
        // A file that is not there has the attributes -1.
        FileAttributes attributes = new FileInfo(path).Attributes;
        if ((int)attributes == -1 || (attributes & FileAttributes.ReparsePoint) == 0)
            return false;
        return !OperatingSystem.IsWindows() || TagOf(path) is not { } tag || LeadsAway(tag);
    }

    // Null where it cannot be known.
    private static uint? TagOf(string path)
    {
        IntPtr search = FindFirstFile(path, out FindData found);
        if (search == None)
            return null;
        FindClose(search);
        return found.ReparseTag;
    }

    [DllImport("kernel32.dll", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr FindFirstFile(string path, out FindData found);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr search);

    // WIN32_FIND_DATAW.
    [StructLayout(LayoutKind.Sequential, Pack = 4, CharSet = CharSet.Unicode)]
    private struct FindData
    {
        public uint Attributes;
        public long Created;
        public long Read;
        public long Written;
        public long Size;
        public uint ReparseTag;
        public uint Reserved;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        public string Name;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        public string ShortName;
    }
#endif
}
