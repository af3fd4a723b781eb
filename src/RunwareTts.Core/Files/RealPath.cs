#if NET
namespace RunwareTts.Files;

/// <summary>Where a path leads when every link on its way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Null for links that lead round in a circle. What is not there counts as no link.</summary>
    public static string? Of(string path)
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
        return ++links > MostLinks ? null : Follow(Path.GetFullPath(Path.Combine(real, target)), ref links);
    }
}
#endif
