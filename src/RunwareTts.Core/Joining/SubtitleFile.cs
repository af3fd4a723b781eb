using System.Globalization;
using System.Text;
using RunwareTts.Files;
using RunwareTts.Text;

namespace RunwareTts.Joining;

/// <summary>Subtitles as they come, kept in a file without a name until the audio is whole.</summary>
internal sealed class SubtitleFile : IDisposable
{
    public const string Srt = "srt";
    public const string Vtt = "vtt";

    private readonly bool _isVtt;
    private readonly FileStream _spool;
    private readonly StreamWriter _writer;
    private int _cues;

    /// <param name="path">Its final name.</param>
    public SubtitleFile(string path)
    {
        Path = path;
        _isVtt = path.EndsWith(Vtt, StringComparison.Ordinal);
        string temporary = PendingFile.TemporaryFor(path);
        _spool = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        _writer = new StreamWriter(_spool, new UTF8Encoding(false)) { NewLine = "\n" };
        if (_isVtt)
            _writer.Write("WEBVTT\n\n");
    }

    public string Path { get; }

    /// <summary>Writes the cues of one part.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="end">The sample after the last.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="text">What is spoken.</param>
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

    /// <summary>Lines of no more than 42 characters, of which Han, Kana and Hangul take two each, cut at blanks where there are any.</summary>
    internal static IEnumerable<string> Lines(string text)
    {
        string rest = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (Room(rest) is var room && room < rest.Length)
        {
            int cut = rest.LastIndexOf(' ', room);
            if (cut < 1)
            {
                cut = room;
                while (cut > 1 && !Graphemes.IsBoundary(rest, cut))
                    cut--;
                // One that is longer than a line is cut between its characters.
                if (cut == 1)
                    cut = room;
            }

            yield return rest.Substring(0, cut);
            rest = rest.Substring(cut).TrimStart();
        }

        yield return rest;
    }

    // How much of it fits a line.
    private static int Room(string text)
    {
        int columns = 0;
        int room = 0;
        while (room < text.Length && (columns += Chars.Columns(Chars.At(text, room))) <= CueText.LineWidth)
            room += char.IsSurrogatePair(text, room) ? 2 : 1;
        return room;
    }

    // SRT has no escapes, and an arrow of this form is taken for a time.
    private string Escape(string line) => _isVtt
        ? line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")
        : line.Replace("-->", "→");

    private string Time(long sample, int rate)
    {
        long ms = Milliseconds(sample, rate);
        return string.Format(CultureInfo.InvariantCulture, "{0:00}:{1:00}:{2:00}{3}{4:000}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, _isVtt ? '.' : ',', ms % 1000);
    }

    public static long Milliseconds(long sample, int rate) => (sample / rate * 1000) + (sample % rate * 1000 / rate);
}
