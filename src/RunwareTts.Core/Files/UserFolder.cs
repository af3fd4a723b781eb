namespace RunwareTts.Files;

/// <summary>The user's folders for what belongs to no batch, by the XDG variables or by the system.</summary>
internal static class UserFolder
{
    /// <summary>Null for an account without a home folder: it is never looked for in the current folder.</summary>
    /// <param name="variable">The variable that names the folder above it.</param>
    /// <param name="linux">Where Linux has it in the home folder.</param>
    public static string? TryFind(string variable, params string[] linux)
    {
        string? root = Environment.GetEnvironmentVariable(variable);
        // Its specification says to ignore a relative one.
        if (root is null || !FullPath.IsFull(root))
            root = SystemRoot(linux);
        return root is null ? null : Path.Combine(root, "RunwareTts");
    }

    private static string? SystemRoot(string[] linux)
    {
        string home = FolderOf(Environment.SpecialFolder.UserProfile);
        if (!FullPath.IsFull(home) || !Directory.Exists(home))
            return null;
        if (OperatingSystem.IsLinux())
            return Path.Combine([home, .. linux]);
        string local = FolderOf(Environment.SpecialFolder.LocalApplicationData);
        return FullPath.IsFull(local) ? local : null;
    }

    private static string FolderOf(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}
