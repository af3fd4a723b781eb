using System.Globalization;
using System.Text;
using RunwareTts.Files;
using RunwareTts.Text;

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
        string temporary = AtomicFile.TemporaryBeside(path);
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

    /// <param name="overwrite">Replaces an existing file.</param>
    /// <param name="record">Records the file before it gets its final name.</param>
    /// <param name="token">Stops it.</param>
    public Task SaveAsync(bool overwrite, Func<FileMark, Task>? record, CancellationToken token)
    {
        _writer.Flush();
        _spool.Position = 0;
        return AtomicFile.WriteAsync(
            Path, overwrite, stream => _spool.CopyToAsync(stream, 81920, token), _ => { }, record);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Lines of at most 42 columns (Han, Kana and Hangul take two each), cut at blanks if possible.</summary>
    internal static IEnumerable<string> Lines(string text)
    {
        string rest = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (CountFitting(rest) is var fitting && fitting < rest.Length)
        {
            int cut = rest.LastIndexOf(' ', fitting);
            if (cut < 1)
            {
                cut = fitting;
                while (cut > 1 && !Graphemes.IsBoundary(rest, cut))
                    cut--;
                // A grapheme that is longer than a line is cut between its characters.
                if (cut == 1)
                    cut = fitting;
            }

            yield return rest.Substring(0, cut);
            rest = rest.Substring(cut).TrimStart();
        }

        yield return rest;
    }

    private static int CountFitting(string text)
    {
        int columns = 0;
        int count = 0;
        while (count < text.Length && (columns += Chars.Columns(Chars.At(text, count))) <= CueText.LineWidth)
            count += char.IsSurrogatePair(text, count) ? 2 : 1;
        return count;
    }

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
