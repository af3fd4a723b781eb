using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>The kept voices of several folders; of one name the first found counts.</summary>
/// <param name="folders">Absolute paths, in the order in which they are searched.</param>
public sealed class VoiceLibrary(IReadOnlyList<string> folders) : IVoiceLookup
{
    private readonly VoiceIndex[] _folders = [.. folders.Select(folder => new VoiceIndex(folder))];
    private readonly Dictionary<FileStamp, TtsVoice> _read = [];
    private readonly object _gate = new();

    /// <exception cref="TtsException">FileNotReadable.</exception>
    public IEnumerable<string> Names => List().Select(entry => entry.Name);

    /// <exception cref="TtsException">VoiceInvalid, FileNotReadable.</exception>
    public TtsVoice? Find(string name)
    {
        lock (_gate)
            return FindEntry(name) is { } entry ? Read(entry) : null;
    }

    /// <summary>All voices by name, without reading a file: also those that cannot be used.</summary>
    /// <exception cref="TtsException">FileNotReadable.</exception>
    public IReadOnlyList<VoiceEntry> List()
    {
        lock (_gate)
        {
            HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
            return [.. _folders.SelectMany(folder => folder.Entries).Where(entry => seen.Add(entry.Name))
                .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Their names for the line that is typed.</summary>
    /// <exception cref="TtsException">FileNotReadable.</exception>
    public IEnumerable<Suggestion> Suggest() =>
        List().Where(entry => VoiceName.Fault(entry.Name) is null)
            .Select(entry => new Suggestion(entry.Name, $"A kept voice of {Path.GetDirectoryName(entry.File)}."));

    private VoiceEntry? FindEntry(string name) =>
        _folders.Select(folder => folder.Find(name)).FirstOrDefault(entry => entry is not null);

    // A long batch has one voice in thousands of rows.
    private TtsVoice Read(VoiceEntry entry)
    {
        FileStamp stamp = FileStamp.Of(entry.File);
        if (!_read.TryGetValue(stamp, out TtsVoice? voice))
            _read.Add(stamp, voice = entry.Read());
        return voice;
    }
}
