using RunwareTts.Files;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>What earlier runs have left of a request, by their ledger and their files alone.</summary>
public sealed class HistoryTests : IDisposable
{
    private const string Here = "https://here";
    private const string Request = "request";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Nothing")]
    [InlineData("Submitted", "Open")]
    [InlineData("Submitted Accepted", "Open")]
    [InlineData("Submitted elsewhere", "Nothing")]
    [InlineData("Submitted Failed", "Nothing")]
    [InlineData("Submitted Completed", "Done")]
    [InlineData("Submitted Completed elsewhere", "Done")]
    [InlineData("Submitted Completed Submitted:again", "Done")]
    [InlineData("Submitted Completed Submitted:again Failed:again", "Done")]
    [InlineData("Submitted Failed Submitted:again", "Open")]
    public async Task Of_a_request_without_files(string events, string expected)
    {
        using TaskLedger ledger = await WriteAsync(events);
        Assert.Equal(expected, NameOf(History.Of(ledger, Request, [], Here)));
        Assert.Equal("Nothing", NameOf(History.Of(ledger, "other", [], Here)));
    }

    [Theory]
    [InlineData("0 1", "Files")]
    [InlineData("0", "Done")]
    [InlineData("", "Done")]
    [InlineData("0 1 edited", "Done")]
    [InlineData("1 0", "Done")]
    [InlineData("0 1 other", "Nothing")]
    public async Task Of_a_request_with_two_files(string saved, string expected)
    {
        string[] words = saved.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] files = [.. new[] { "a-1.wav", "a-2.wav" }.Select(name => Path.Combine(_folder.Path, name))];
        string hash = words.Contains("other") ? "other" : Request;
        using TaskLedger ledger = await WriteAsync(hash == Request ? "Submitted Completed" : "");
        foreach ((string word, string file) in words.Where(w => char.IsDigit(w[0])).Zip(files))
        {
            File.WriteAllText(file, word);
            FileMark mark = FileMark.Of(file);
            await ledger.AppendAsync(Past.Submitted(hash) with
            {
                Event = LedgerEventKind.Saved,
                Results = [new LedgerResult("a", null, null), new LedgerResult("b", null, null)],
                Index = int.Parse(word, System.Globalization.CultureInfo.InvariantCulture),
                File = Path.GetFileName(file),
                Bytes = mark.Bytes,
                Written = mark.Written,
                Content = mark.Content,
            });
        }

        if (words.Contains("edited"))
            File.WriteAllText(files[0], "mine");
        History past = History.Of(ledger, Request, files, Here);
        Assert.Equal(expected, NameOf(past));
        Assert.Equal(expected is "Files" or "Done", past.DoneTask is not null);
    }

    private static string NameOf(History past) => past.GetType().Name;

    // "Accepted" is said of the first task, "Submitted:again" of another one of the same request.
    private async Task<TaskLedger> WriteAsync(string events)
    {
        string[] words = events.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, Guid> tasks = [];
        TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        foreach (string[] word in words.Where(w => w != "elsewhere").Select(w => w.Split(':')))
        {
            string name = word.Length > 1 ? word[1] : "";
            if (!tasks.TryGetValue(name, out Guid task))
                tasks.Add(name, task = Guid.NewGuid());
            LedgerEventKind kind = Enum.Parse<LedgerEventKind>(word[0]);
            await ledger.AppendAsync(Past.Submitted(Request, task) with
            {
                Event = kind,
                Endpoint = words.Contains("elsewhere") ? "https://elsewhere" : Here,
                Results = kind == LedgerEventKind.Completed ? [new LedgerResult("a", null, null)] : null,
            });
        }

        return ledger;
    }
}
