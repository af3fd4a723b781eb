namespace RunwareTts.Files;

/// <summary>
/// Files and folders that only this user may read, whatever the umask: texts, and what was sent for them. Windows gives
/// the folders that they are in to their user alone. The build for Windows PowerShell knows no other rights.
/// </summary>
internal static class PrivateFiles
{
    /// <summary>Makes a folder, or takes the rights of all other users from one that is there.</summary>
    public static void CreateDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            DirectoryInfo folder = Directory.CreateDirectory(path, mine);
            if (folder.UnixFileMode != mine)
                folder.UnixFileMode = mine;
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Makes a folder of this call alone in the temp folder of the system. The caller deletes it.</summary>
    /// <returns>Its path.</returns>
    public static string CreateTempDirectory()
    {
        string path = Path.Combine(Path.GetTempPath(), "runwaretts-" + Guid.NewGuid().ToString("N"));
        CreateDirectory(path);
        return path;
    }

    /// <summary>Opens a file, which is this user's alone if it is made now.</summary>
    public static FileStream OpenFile(string path, FileMode mode, FileShare share, FileOptions options)
    {
#if NET
        FileStreamOptions how = new()
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
            Options = options,
            BufferSize = 1,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, how);
#else
        return new FileStream(path, mode, FileAccess.ReadWrite, share, 1, options);
#endif
    }
}
