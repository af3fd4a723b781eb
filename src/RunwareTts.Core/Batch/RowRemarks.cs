using System.Globalization;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>Warnings that count rows: those that were skipped, and those whose column was refused.</summary>
internal sealed class RowRemarks
{
    private readonly Dictionary<string, int> _refused = [];
    private int _blank;
    private int _firstBlank;

    /// <summary>Counts a row of blank cells.</summary>
    public void Blank(int index)
    {
        if (_blank++ == 0)
            _firstBlank = index;
    }

    /// <summary>Counts a row with this column; true if an earlier row was refused for it too.</summary>
    public bool IsRepeat(Problem column)
    {
        bool isRepeat = _refused.TryGetValue(column.Message, out int before);
        _refused[column.Message] = before + 1;
        return isRepeat;
    }

    /// <summary>The warnings at the end of the pipeline.</summary>
    public IEnumerable<string> Take()
    {
        if (_blank > 0)
            yield return $"{Count(_blank)} blank cells only and {(_blank == 1 ? "was" : "were")} skipped "
                + $"(the first is row {Number(_firstBlank)} of the pipeline).";
        _blank = 0;
        foreach (KeyValuePair<string, int> refused in _refused.Where(r => r.Value > 1))
            yield return $"{(refused.Value == 2 ? "1 more row has" : $"{Number(refused.Value - 1)} more rows have")} "
                + $"the same fault and {(refused.Value == 2 ? "was" : "were")} not sent: {refused.Key}";
        _refused.Clear();
    }

    private static string Count(int rows) => rows == 1 ? "1 row has" : $"{Number(rows)} rows have";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Warnings of a row with a WebhookUrl: the service posts only what it generates.</summary>
    public static IEnumerable<string> NotPosted(PlannedRow row, bool isRepeat)
    {
        if (row.Request!.WebhookUrl is null)
            yield break;
        if (row.Past.DoneTask is not null)
            yield return "A row with a WebhookUrl was generated in an earlier run, so nothing is posted "
                + "for it and you are not charged again. Its TtsTask is Completed: Wait-TtsTask fetches the audio. "
                + "-Regenerate generates and posts it again, which is charged.";
        else if (row.Past is History.Open)
            yield return "A row with a WebhookUrl was sent in an earlier run, and its result is posted "
                + "to the WebhookUrl of that run. Wait-TtsTask fetches it too.";
        else if (isRepeat)
            yield return "Rows with a WebhookUrl that ask for the same audio are generated once, and "
                + "posted once, to the WebhookUrl of the first.";
    }
}
