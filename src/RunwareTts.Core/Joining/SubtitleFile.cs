using System.Globalization;
using System.Text;
using RunwareTts.Files;

namespace RunwareTts.Joining;

/// <summary>Writes subtitles into a temporary file, until the audio is complete.</summary>
internal sealed class SubtitleFile : IDisposable
{
    public const string Srt = "srt";
    public const string Vtt = "vtt";

    private readonly bool _isVtt;
    private readonly FileStream _spool;
    private readonly StreamWriter _writer;
    private int _cues;

    public SubtitleFile(string path)
    {
        Path = path;
        _isVtt = path.EndsWith(Vtt, StringComparison.Ordinal);
        string temporary = PendingFile.TemporaryFor(path);
        const FileOptions onClose = FileOptions.DeleteOnClose;
        _spool = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, onClose);
        _writer = new StreamWriter(_spool, new UTF8Encoding(false)) { NewLine = "\n" };
        if (_isVtt)
            _writer.Write("WEBVTT\n\n");
    }

    public string Path { get; }

    /// <summary>Writes the cues of one part, which has the samples from start to before end.</summary>
    public void Add(long start, long end, int rate, string text)
    {
        foreach (Cue cue in CueCutter.Cut(text, start, end, rate))
        {
            if (!_isVtt)
                _writer.WriteLine((++_cues).ToString(CultureInfo.InvariantCulture));
            _writer.WriteLine($"{Time(cue.Start, rate)} --> {Time(cue.End, rate)}");
            foreach (string line in cue.Lines)
                _writer.WriteLine(Escape(line));
            _writer.WriteLine();
        }
    }

    /// <summary>All that was added, complete and not named yet.</summary>
    public async Task<PendingFile> FinishAsync(CancellationToken token)
    {
        _writer.Flush();
        _spool.Position = 0;
        PendingFile file = new(Path);
        try
        {
            await _spool.CopyToAsync(file.Stream, 81920, token).ConfigureAwait(false);
            file.Rewind();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _writer.Dispose();

    // SRT has no escapes, and players take an arrow of this form for a time.
    private string Escape(string line) => _isVtt
        ? line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")
        : line.Replace("-->", "→");

    private string Time(long sample, int rate)
    {
        long ms = Milliseconds(sample, rate);
        string point = _isVtt ? "." : ",";
        return FormattableString.Invariant(
            $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}{point}{ms % 1000:000}");
    }

    public static long Milliseconds(long sample, int rate) => (sample / rate * 1000) + (sample % rate * 1000 / rate);
}
