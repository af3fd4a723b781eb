using System.Globalization;

namespace RunwareTts.Output;

/// <summary>Where a row's results go: one file, or one for each of several results with -1, -2… before the extension.</summary>
/// <param name="FullPath">The file, absolute.</param>
/// <param name="Name">The same as it stands in OutputPath: inside Directory where there is one.</param>
/// <param name="Directory">OutputDirectory, absolute, or null.</param>
/// <param name="Count">How many results are expected.</param>
public sealed record OutputTarget(string FullPath, string Name, string? Directory, int Count)
{
    public IEnumerable<string> Paths => Enumerable.Range(0, Count).Select(PathOf);

    /// <summary>The file of the n-th result, from 0; one more than was asked for has a file of its own too.</summary>
    public string PathOf(int result)
    {
        if (Count == 1 && result == 0)
            return FullPath;
        string extension = Path.GetExtension(FullPath);
        return $"{FullPath.Substring(0, FullPath.Length - extension.Length)}{Number(result)}{extension}";
    }

    /// <summary>The file of another of several results.</summary>
    /// <param name="path">The file of one.</param>
    /// <param name="result">Which one, from 0.</param>
    /// <param name="other">The other.</param>
    public static string Sibling(string path, int result, int other)
    {
        string extension = Path.GetExtension(path);
        string stem = path.Substring(0, path.Length - extension.Length);
        string number = Number(result);
        return stem.EndsWith(number, StringComparison.Ordinal) ? $"{stem.Substring(0, stem.Length - number.Length)}{Number(other)}{extension}" : path;
    }

    private static string Number(int result) => $"-{(result + 1).ToString(CultureInfo.InvariantCulture)}";
}
