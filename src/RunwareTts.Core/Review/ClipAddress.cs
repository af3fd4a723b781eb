using RunwareTts.Files;

namespace RunwareTts.Review;

/// <summary>The address of a file in a page: relative to it, so that both can be moved together.</summary>
internal static class ClipAddress
{
    public static string Of(string page, string file) =>
        Of(page, file, Path.DirectorySeparatorChar, RealPath.Comparer);

    internal static string Of(string page, string file, char separator, StringComparer comparer)
    {
        string[] from = page.Split(separator);
        string[] to = file.Split(separator);
        int common = 0;
        while (common < Math.Min(from.Length, to.Length) - 1 && comparer.Equals(from[common], to[common]))
            common++;
        // Another drive, or another server behind the two separators of a share.
        bool isShare = from.Length > 2 && from[0].Length == 0 && from[1].Length == 0;
        if (common < (isShare ? 3 : 1))
            return file[0] == separator ? "file:" + Join(to) : $"file:///{to[0]}/{Join(to.Skip(1))}";
        return string.Concat(Enumerable.Repeat("../", from.Length - 1 - common)) + Join(to.Skip(common));
    }

    private static string Join(IEnumerable<string> names) => string.Join("/", names.Select(Uri.EscapeDataString));
}
