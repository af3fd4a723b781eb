namespace RunwareTts.Tests.Files;

/// <summary>
/// Opens every new file of a folder for a moment, as virus scanners, indexers and sync clients do: on Windows it can be
/// neither renamed nor deleted until then. Elsewhere it is in nobody's way.
/// </summary>
internal sealed class Scanner : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(80);

    private readonly string _folder;
    private readonly Thread _thread;
    private readonly HashSet<string> _seen = [];
    private readonly List<(FileStream File, DateTime Until)> _open = [];
    private volatile bool _isDone;
    private volatile int _looks;

    public Scanner(string folder)
    {
        _folder = folder;
        _thread = new Thread(Scan);
        _thread.Start();
    }

    /// <summary>Waits until it has opened one more file.</summary>
    public async Task LookedAsync(int before)
    {
        while (_looks == before)
            await Task.Delay(1);
    }

    /// <summary>How many files it has opened.</summary>
    public int Looks => _looks;

    public void Dispose()
    {
        _isDone = true;
        _thread.Join();
        foreach ((FileStream file, _) in _open)
            file.Dispose();
    }

    private void Scan()
    {
        for (; !_isDone; Thread.Sleep(1))
        {
            foreach ((FileStream file, _) in _open.Where(o => o.Until < DateTime.UtcNow))
                file.Dispose();
            _open.RemoveAll(o => o.Until < DateTime.UtcNow);
            foreach (string path in Files().Where(path => !_seen.Contains(path)))
                Open(path);
        }
    }

    private string[] Files()
    {
        try
        {
            return Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private void Open(string path)
    {
        try
        {
            // Elsewhere it would come between the making of a file and its locking, as no scanner there does.
            if (!OperatingSystem.IsWindows() && new FileInfo(path).Length == 0)
                return;
            _open.Add((new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), DateTime.UtcNow + Look));
            _seen.Add(path);
            _looks++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being written, or has gone.
        }
    }
}
