using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Files;

/// <summary>Decides before anything is paid which file each row becomes, and that no two rows become the same.</summary>
/// <param name="directory">OutputDirectory as an absolute path, or null.</param>
/// <param name="force">An existing file may be overwritten.</param>
/// <param name="resolve">Makes a PowerShell path absolute, for an OutputPath without OutputDirectory.</param>
public sealed class OutputPlanner(string? directory, bool force, Func<string, string> resolve)
{
    private readonly Dictionary<string, string> _claims = new(StringComparer.OrdinalIgnoreCase);

    public bool Force => force;

    /// <summary>The files of a row; null where nothing is to be saved.</summary>
    /// <exception cref="TtsException">OutputOutsideDirectory, InvalidRequest.OutputPath.</exception>
    public OutputTarget? Plan(SpeechRequest request, int index, string hash, string fallbackName)
    {
        if (request.OutputPath is null && directory is null)
            return null;

        string name = request.OutputPath is { } path
            ? OutputTemplate.Fill(path, request, index, hash)
            : SafeName.Make(request.Id ?? fallbackName, hash);
        string extension = SpeechCatalog.FindFormat(request.OutputFormat)!.Extension;
        if (!name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            name += extension;
        string full = directory is not null ? InsideDirectory.Resolve(directory, name) : resolve(name);
        return new OutputTarget(full, directory is not null ? name : full, directory, request.NumberResults);
    }

    /// <summary>Takes the row's files for it.</summary>
    /// <returns>False when an earlier row of an equal request has taken them already.</returns>
    /// <exception cref="TtsException">OutputPathTaken, OutputExists.</exception>
    public bool Claim(OutputTarget target, string hash)
    {
        string[] paths = [.. target.Paths];
        foreach (string path in paths)
        {
            if (_claims.TryGetValue(path, out string? owner))
                return owner == hash ? false : throw Errors.OutputPathTaken(path);
            if (Directory.Exists(path) || File.Exists(path) && !force)
                throw Errors.OutputExists(path);
        }

        foreach (string path in paths)
            _claims.Add(path, hash);
        return true;
    }
}
