namespace RunwareTts.Files;

/// <summary>What sort of fault of a file an exception is.</summary>
internal static class FileFault
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int DiskQuota = unchecked((int)0x8007050F);

    /// <summary>
    /// The file system refused, rather than the code went wrong. A file that grows past the largest size allowed is an
    /// ArgumentOutOfRangeException in .NET.
    /// </summary>
    public static bool Is(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>The disk has no space left, or its user no quota: no other file has room either.</summary>
    public static bool IsFull(Exception e) =>
        e is IOException
        && e.HResult is LinuxNoSpace or LinuxQuota or MacQuota or HandleDiskFull or DiskFull or DiskQuota;
}
