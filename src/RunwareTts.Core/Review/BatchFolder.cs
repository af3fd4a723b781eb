using RunwareTts.Files;

namespace RunwareTts.Review;

/// <summary>The folder that OutputPath is relative to when the rows are generated again.</summary>
internal static class BatchFolder
{
    /// <summary>
    /// The one folder with a ledger above all files, else the nearest folder above all; null for none.
    /// </summary>
    public static string? Of(IEnumerable<string> files)
    {
        Dictionary<string, string?> ledgers = new(RealPath.Comparer);
        string? common = null;
        foreach (string file in files)
        {
            string folder = Path.GetDirectoryName(file)!;
            if (ledgers.ContainsKey(folder))
                continue;
            ledgers.Add(folder, LedgerAbove(folder));
            common = common is null ? folder : Common(common, folder);
        }

        string?[] found = [.. ledgers.Values.Distinct(RealPath.Comparer!)];
        return found.Length == 1 && found[0] is { } batch ? batch : common;
    }

    private static string? LedgerAbove(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, InsideDirectory.LedgerName)))
                return at;
        }

        return null;
    }

    // Null for folders of two drives.
    private static string? Common(string? one, string other)
    {
        while (one is not null && !RealPath.Comparer.Equals(one, other) && FullPath.Below(one, other) is null)
            one = Path.GetDirectoryName(one);
        return one;
    }
}
