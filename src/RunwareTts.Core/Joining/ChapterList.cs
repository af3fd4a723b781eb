using RunwareTts.Tags;

namespace RunwareTts.Joining;

/// <summary>Consecutive parts of one title are one chapter, which ends where the next one begins.</summary>
internal sealed class ChapterList
{
    private const int MaxTitle = 60;

    private readonly List<(string Title, long Start)> _begun = [];

    public void Add(JoinPart part, PlacedPart placed)
    {
        string title = part.Title ?? FirstWords(part.Text) ?? Path.GetFileNameWithoutExtension(part.Path);
        if (_begun.Count == 0 || _begun[_begun.Count - 1].Title != title)
            _begun.Add((title, placed.Start));
    }

    /// <param name="end">The sample at which the last one ends.</param>
    /// <param name="rate">Samples a second.</param>
    public IReadOnlyList<Chapter> Close(long end, int rate)
    {
        long Time(int n) => SubtitleFile.Milliseconds(n < _begun.Count ? _begun[n].Start : end, rate);
        return [.. _begun.Select((b, n) => new Chapter(b.Title, Time(n), Time(n + 1)))];
    }

    private static string? FirstWords(string? text) =>
        text is null || text.Trim() is not { Length: > 0 } line ? null
        : line.Length <= MaxTitle && !line.Contains('\n') ? line
        : new CueText(line).FirstLine + " …";
}
