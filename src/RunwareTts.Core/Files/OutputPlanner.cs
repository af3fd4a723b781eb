using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Files;

/// <summary>Decides before anything is paid which file each row becomes, and that no two rows become the same.</summary>
/// <param name="directory">OutputDirectory as an absolute path, or null.</param>
/// <param name="force">An existing file may be overwritten.</param>
/// <param name="resolve">Makes a PowerShell path absolute, for an OutputPath without OutputDirectory.</param>
/// <param name="ledger">Knows the files of earlier runs; null where nobody does.</param>
public sealed class OutputPlanner(string? directory, bool force, Func<string, string> resolve, TaskLedger? ledger = null)
{
    private readonly KeyMap _claims = new();
    private readonly HashSet<string> _prepared = [];

    internal TaskLedger? Ledger => ledger;

    internal string? Folder => directory;

    /// <summary>The files of a row; null where nothing is to be saved.</summary>
    /// <exception cref="TtsException">OutputOutsideDirectory, InvalidRequest.OutputPath.</exception>
    public OutputTarget? Plan(SpeechRequest request, int index, string hash, string fallbackName)
    {
        if (request.OutputPath is null && directory is null)
            return null;

        if (request.OutputPath is { } folder && (folder.EndsWith("/", StringComparison.Ordinal) || folder.EndsWith("\\", StringComparison.Ordinal)))
            throw Errors.Invalid("OutputPath", $"OutputPath '{folder}' names a folder. Give the file's name too, such as '{folder}welcome.mp3'.");
        string name = request.OutputPath is { } path
            ? OutputTemplate.Fill(path, request, index, hash)
            : SafeName.Make(request.Id ?? fallbackName, hash);
        string extension = SpeechCatalog.FindFormat(request.OutputFormat)!.Extension;
        if (!name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            name += extension;
        string full = directory is not null ? InsideDirectory.Resolve(directory, name) : resolve(name);
        return new OutputTarget(full, directory is not null ? name : full, directory, request.NumberResults);
    }

    /// <summary>Makes sure that the row's folder is there and can be written, before anything is paid.</summary>
    /// <exception cref="TtsException">OutputNotWritten.</exception>
    public void Prepare(OutputTarget target)
    {
        string folder = Path.GetDirectoryName(target.FullPath)!;
        if (!_prepared.Add(folder))
            return;
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Tidy(folder);
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            _prepared.Remove(folder);
            throw Errors.FolderNotWritable(folder, e);
        }
    }

    /// <summary>Takes the row's files for it.</summary>
    /// <param name="target">The files.</param>
    /// <param name="owner">What the row asks for; rows that ask for the same may share files.</param>
    /// <param name="asOf">As in <see cref="MayReplace"/>.</param>
    /// <param name="isDone">Its files are there, and are its own.</param>
    /// <exception cref="TtsException">OutputPathTaken, OutputExists.</exception>
    public void Claim(OutputTarget target, string owner, DateTimeOffset? asOf = null, bool isDone = false)
    {
        long key = (long)KeyMap.KeyOf(owner);
        foreach (string path in target.Paths)
        {
            if (_claims.TryGet(KeyMap.KeyOfFile(path), out long taken))
            {
                if (taken != key)
                    throw Errors.OutputPathTaken(path);
            }
            else if (!isDone && (Directory.Exists(path) || File.Exists(path) && !MayReplace(path, asOf)))
            {
                throw Errors.OutputExists(path);
            }
        }

        foreach (string path in target.Paths)
            _claims.Set(KeyMap.KeyOfFile(path), key);
    }

    /// <summary>A file that is there may be replaced: by -Force, or because this module has made it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asOf">How new that is which is to replace it: an old task must not undo a newer one. Left out, it is new.</param>
    public bool MayReplace(string path, DateTimeOffset? asOf = null) =>
        force || ledger?.Saved(path) is { Hash: not null } saved && !(saved.At > asOf);
}
