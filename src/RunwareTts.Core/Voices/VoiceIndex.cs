using RunwareTts.Files;
using RunwareTts.Text;

namespace RunwareTts.Voices;

/// <summary>
/// The names of the voices in a folder. No file is read, and the folder is listed again only when it has changed.
/// </summary>
internal sealed class VoiceIndex(string folder)
{
    private SortedDictionary<string, VoiceEntry> _entries = NoEntries();
    private DateTime? _written;

    /// <summary>All of them, by name.</summary>
    /// <exception cref="TtsException">FileNotReadable.</exception>
    public IEnumerable<VoiceEntry> Entries
    {
        get
        {
            Refresh();
            return _entries.Values;
        }
    }

    /// <summary>The voice of this name, in any case; null for none.</summary>
    /// <exception cref="TtsException">FileNotReadable.</exception>
    public VoiceEntry? Find(string name)
    {
        if (VoiceName.Fault(name) is not null)
            return null;
        Refresh();
        if (_entries.TryGetValue(Key(name), out VoiceEntry? entry))
            return entry;
        // Of some file systems the time is too coarse to show a file that was written just now.
        string path = VoiceFile.PathOf(folder, name);
        return File.Exists(path) ? new VoiceEntry(name, path) : null;
    }

    // macOS may give an accent as a character of its own.
    private static string Key(string name) => PlainText.Normalize(name);

    private static SortedDictionary<string, VoiceEntry> NoEntries() => new(StringComparer.OrdinalIgnoreCase);

    private void Refresh()
    {
        try
        {
            DateTime written = Directory.GetLastWriteTimeUtc(folder);
            if (written == _written)
                return;
            _entries = Directory.Exists(folder) ? List() : NoEntries();
            _written = written;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.FileNotReadable(folder, e);
        }
    }

    private SortedDictionary<string, VoiceEntry> List()
    {
        SortedDictionary<string, VoiceEntry> entries = NoEntries();
        // Linux may have names that differ in case only: the same one counts each time.
        foreach (string file in Directory.EnumerateFiles(folder, "*" + VoiceFile.Suffix)
            .Where(VoiceFile.IsNamedSo).OrderBy(file => file, StringComparer.Ordinal))
        {
            string name = VoiceFile.NameOf(file);
            if (!entries.ContainsKey(Key(name)))
                entries.Add(Key(name), new VoiceEntry(name, file));
        }

        return entries;
    }
}
