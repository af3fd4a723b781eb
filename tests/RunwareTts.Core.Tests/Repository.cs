namespace RunwareTts.Tests;

/// <summary>Where things are, seen from the folder in which the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RunwareTts.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No RunwareTts.slnx above {AppContext.BaseDirectory}.");
    }
}
