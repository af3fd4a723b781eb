namespace RunwareTts.Files;

/// <summary>The user's folder for what is kept between runs and belongs to no batch.</summary>
internal static class StateFolder
{
    /// <summary>Null for an account without a home folder: it is never looked for in the current folder.</summary>
    public static string? TryFind()
    {
        string? home = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        // Its specification says to ignore a relative one.
        if (home is null || !FullPath.IsFull(home))
            home = SystemHome();
        return home is null ? null : Path.Combine(home, "RunwareTts");
    }

    private static string? SystemHome()
    {
        string home = FolderOf(Environment.SpecialFolder.UserProfile);
        if (!FullPath.IsFull(home) || !Directory.Exists(home))
            return null;
        if (OperatingSystem.IsLinux())
            return Path.Combine(home, ".local", "state");
        string local = FolderOf(Environment.SpecialFolder.LocalApplicationData);
        return FullPath.IsFull(local) ? local : null;
    }

    private static string FolderOf(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}
