using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Output;

/// <summary>Decides before anything is paid which file each row gets, and that no two rows get the same.</summary>
/// <param name="directory">OutputDirectory as an absolute path, or null.</param>
/// <param name="force">An existing file may be overwritten.</param>
/// <param name="resolve">Makes a PowerShell path absolute, for an OutputPath without OutputDirectory.</param>
/// <param name="ledger">Knows the files of earlier runs; null where there is no ledger.</param>
public sealed class OutputPlanner(
    string? directory, bool force, Func<string, string> resolve, TaskLedger? ledger = null)
{
    // Files and the owners that claim them, by their hashes.
    private readonly Dictionary<ulong, ulong> _claims = [];
    private readonly HashSet<string> _prepared = [];

    internal TaskLedger? Ledger => ledger;

    internal string? Folder => directory;

    /// <summary>The files of a row; null where nothing is to be saved.</summary>
    /// <exception cref="TtsException">OutputOutsideDirectory, InvalidRequest.OutputPath.</exception>
    public OutputTarget? Plan(SpeechRequest request, int index, string hash, string fallbackName)
    {
        if (request.OutputPath is null && directory is null)
            return null;
        if (request.OutputPath is { } value && PathRules.FolderFault(value) is { } why)
            throw Errors.Invalid("OutputPath", why);

        string name = request.OutputPath is { } path
            ? OutputTemplate.Fill(path, request, index, hash)
            : SafeName.Make(request.Id ?? fallbackName, hash);
        string extension = SpeechCatalog.FindFormat(request.OutputFormat)!.Extension;
        string written = name;
        bool isBare = !name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
        if (isBare)
            name += extension;
        if (directory is null && SafeName.UnseenIn(name) is { } unseen)
            throw Errors.UnseenInOutput(name, unseen);
        if (directory is not null)
            name = InsideDirectory.Plain(name);
        string full = directory is not null ? InsideDirectory.Resolve(directory, name) : resolve(name);
        if (FullPath.IsDevice(full))
            throw Errors.OutputIsDevice(name);
        OutputTarget target = new(full, directory is not null ? name : full, directory, request.NumberResults);
        if (request.OutputPath is not null && isBare)
            RefuseFolder(written, target, full.Substring(0, full.Length - extension.Length));
        // The last of several results has the longest name.
        if (PathRules.Fault(name, target.PathOf(target.Count - 1)) is { } fault)
            throw Errors.Invalid("OutputPath", $"The file '{name}' of this row {fault} Give a shorter "
                + "or other OutputPath, Id or -OutputDirectory.");
        return target;
    }

    // Who names an existing folder means a file in it, unless an earlier run has put a file next to it.
    private static void RefuseFolder(string written, OutputTarget target, string bare)
    {
        if (Directory.Exists(bare) && !target.Paths.Any(File.Exists))
            throw Errors.Invalid("OutputPath", $"OutputPath '{written}' is a folder. "
                + $"Give the file's name too, such as '{written}/welcome{Path.GetExtension(target.FullPath)}'; "
                + "to put a file next to the folder, give its extension.");
    }

    /// <summary>
    /// Makes sure that the row's folder is there and can be written, before anything is paid. Any thread may ask.
    /// </summary>
    /// <exception cref="TtsException">OutputNotWritten.</exception>
    public void Prepare(OutputTarget target)
    {
        string folder = Path.GetDirectoryName(target.FullPath)!;
        lock (_prepared)
        {
            if (_prepared.Contains(folder))
                return;
            try
            {
                Directory.CreateDirectory(folder);
                PendingFile.Tidy(folder);
                // No other program can open it, so that it is deleted at once.
                string probe = PendingFile.TemporaryFor(Path.Combine(folder, "probe"));
                new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                    FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (FileFault.Is(e) || e is ArgumentException)
            {
                throw Errors.FolderNotWritable(folder, e);
            }

            _prepared.Add(folder);
        }
    }

    /// <summary>
    /// A file could not be saved there: before the next row is paid for, its folder is looked at again.
    /// </summary>
    internal void Doubt(OutputTarget target)
    {
        lock (_prepared)
            _prepared.Remove(Path.GetDirectoryName(target.FullPath)!);
    }

    /// <summary>Takes the row's files for it.</summary>
    /// <param name="target">The files.</param>
    /// <param name="owner">What the row asks for; rows that ask for the same may share files.</param>
    /// <param name="asOf">As in <see cref="MayReplace"/>.</param>
    /// <param name="isDone">Its files are there, and are its own.</param>
    /// <param name="task">As in <see cref="MayReplace"/>.</param>
    /// <returns>The files that no earlier row had taken.</returns>
    /// <exception cref="TtsException">OutputPathTaken, OutputExists.</exception>
    public IReadOnlyList<string> Claim(OutputTarget target, string owner,
        DateTimeOffset? asOf = null, bool isDone = false, Guid? task = null)
    {
        ulong key = NameHash.Of(owner);
        List<string> free = [];
        foreach (string path in target.Paths)
        {
            if (_claims.TryGetValue(NameHash.OfFile(path), out ulong taken))
            {
                if (taken != key)
                    throw Errors.OutputPathTaken(path);
            }
            else if (!isDone && (Directory.Exists(path) || File.Exists(path) && !MayReplace(path, asOf, task)))
            {
                throw Errors.OutputExists(path);
            }
            else
            {
                free.Add(path);
            }
        }

        foreach (string path in free)
            _claims[NameHash.OfFile(path)] = key;
        return free;
    }

    /// <summary>Gives files back that <see cref="Claim"/> has taken, for a row that is not done.</summary>
    public void Release(IEnumerable<string> claimed)
    {
        foreach (string path in claimed)
            _claims.Remove(NameHash.OfFile(path));
    }

    /// <summary>
    /// A file of these that was paid for, and that only -Force may replace by what is free; null if there is none.
    /// </summary>
    internal string? FindPaid(OutputTarget target) => force ? null
        : target.Paths.FirstOrDefault(path => ledger?.Made(path) is { } made
            && (made.Endpoint is not null || made.Provider is { } provider && !TtsSpeech.IsFree(provider)));

    /// <summary>
    /// An existing file may be replaced: by -Force, or because this module has made it, and not after its replacement.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="asOf">When the replacement was recorded last; null for now.</param>
    /// <param name="task">The task of the replacement, which may replace its own file.</param>
    public bool MayReplace(string path, DateTimeOffset? asOf = null, Guid? task = null) =>
        force || ledger?.Made(path) is { } made && (made.Hash is not null || made.Task == task) && !(made.At > asOf);
}
