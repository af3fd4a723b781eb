using RunwareTts.Files;

namespace RunwareTts.Output;

/// <summary>
/// Where a row's results go: one file, or one for each of several results with -1, -2… before the extension.
/// </summary>
/// <param name="FullPath">The file, absolute.</param>
/// <param name="Name">The same as it stands in OutputPath: relative to Directory where there is one.</param>
/// <param name="Directory">OutputDirectory, absolute, or null.</param>
/// <param name="Count">How many results are expected.</param>
public sealed record OutputTarget(string FullPath, string Name, string? Directory, int Count)
{
    public IEnumerable<string> Paths => Enumerable.Range(0, Count).Select(PathOf);

    /// <summary>The file of the n-th result, from 0; one more than was asked for has a file of its own too.</summary>
    public string PathOf(int result) =>
        Count == 1 && result == 0 ? FullPath : NumberedNames.Of(FullPath, result);
}
