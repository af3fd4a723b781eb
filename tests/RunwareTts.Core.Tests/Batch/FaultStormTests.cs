using System.Globalization;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A bad night: every fifth request goes wrong, in every way that passes. In the morning each row has its file or its error, and nothing was paid twice.</summary>
[Trait("Lane", "Slow")]
public sealed class FaultStormTests : EmulatorTest
{
    private const int Many = 2000;
    private const int Distinct = 1500;
    private const double Rate = 0.2;

    private static readonly BatchOptions Options = Service.Quick with { ThrottleLimit = 16, FirstRetry = TimeSpan.FromMilliseconds(4), FirstPoll = TimeSpan.FromMilliseconds(10) };

    // The emulator's usual ones, but for those that ask to be left alone for a second: there would be a hundred of them.
    private static readonly Fault[] Answers =
    [
        new Fault.Status(429),
        new Fault.Status(429, RetryAfter: "0"),
        new Fault.Status(408),
        new Fault.Status(500),
        new Fault.Status(503),
        new Fault.Status(504),
        new Fault.Html(409),
        new Fault.ErrorBody("""{"data":[{"taskType":"""),
        new Fault.Empty(),
        new Fault.ResetBeforeAccept(),
        new Fault.ResetAfterAccept(),
        new Fault.CutAnswer(),
        new Fault.Shaped("half"),
        new Fault.Slow(TimeSpan.FromMilliseconds(100)),
    ];

    private protected override Task<Service> StartAsync() => Service.StartAsync(new EmulatorOptions { Lean = true }, TinyVoice.SpeakAsync);

    [Theory]
    [InlineData(1)]
    public void Every_row_ends_in_a_file_or_an_error_and_a_second_run_makes_the_errors_good(int seed)
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, Many).Select(RowOf)];
        foreach (FaultPlace place in new[] { FaultPlace.Submit, FaultPlace.Poll, FaultPlace.Details })
            _service.Faults.AtRate(place, Rate, seed + (int)place, Answers);
        _service.Faults.AtRate(FaultPlace.Download, Rate, seed);
        _service.Faults.OnSubmit(new Fault.Status(429, RetryAfter: "1"));
        _service.Faults.OnSubmit(new Fault.Status(503) { RetryAt = TimeSpan.FromSeconds(1) });

        List<BatchEvent> night = _service.Run(rows, _folder.Path, Options);
        AssertOneEnd(rows, night);
        Assert.True(_service.Faults.Happened > Many * Rate, $"{_service.Faults.Happened} faults");
        Assert.NotEmpty(night.Errors());
        AssertPaidOnce();

        _service.Faults.Clear();
        List<BatchEvent> morning = _service.Run(rows, _folder.Path, Options);
        AssertOneEnd(rows, morning);
        Assert.Empty(morning.Errors().Select(e => e.Message));
        AssertPaidOnce();
        Assert.Equal(Distinct, _service.Record.ChargedTasks);
        AssertLedger();

        (int requests, int downloads) = (_service.Record.Requests, _service.Record.Downloads);
        List<BatchEvent> noon = _service.Run(rows, _folder.Path, Options);
        Assert.All(noon.Spoken(), s => Assert.Equal(("Unchanged", 0m), (s.Status, s.Cost)));
        AssertOneEnd(rows, noon);
        Assert.Equal((requests, downloads), (_service.Record.Requests, _service.Record.Downloads));
    }

    // Of ten rows one is an earlier one again, one goes to another file with the text of an earlier one, and one has two results.
    private static SpeechRow RowOf(int i) => (i % 10) switch
    {
        3 => RowOf(i - 1) with { },
        5 => Row(i) with { NumberResults = "2" },
        7 => RowOf(i - 1) with { Id = Name(i) },
        9 when i >= Many / 2 => RowOf(i - Many / 2) with { Id = Name(i) },
        _ => Row(i),
    };

    private static SpeechRow Row(int i) => new() { Text = $"This is row {Name(i)}", Id = Name(i), Voice = "ryan", OutputFormat = i % 4 == 0 ? "WAV" : "MP3" };

    private static string Name(int i) => i.ToString("0000", CultureInfo.InvariantCulture);

    private static int Asked(SpeechRow row) => row.NumberResults is null ? 1 : 2;

    private void AssertOneEnd(SpeechRow[] rows, List<BatchEvent> events)
    {
        BatchEvent[] ends = [.. events.Where(e => e is BatchEvent.SpeechMade or BatchEvent.RowFailed)];
        ILookup<object, BatchEvent> byRow = ends.ToLookup(RowOf, ReferenceEqualityComparer.Instance!);
        Assert.All(rows, row =>
        {
            TtsSpeech[] spoken = byRow[row].Spoken();
            int failed = byRow[row].Errors().Length;
            Assert.True(spoken.Length + failed == Asked(row) || spoken.Length == 0 && failed == 1, $"{row.Id}: {spoken.Length} files and {failed} errors");
            Assert.All(spoken, s => Assert.Equal(s.Size, new FileInfo(s.Path!).Length));
        });
        Assert.Equal(rows.SelectMany(row => byRow[row].Select(_ => (object)row)), ends.Select(RowOf), ReferenceEqualityComparer.Instance!);
        Assert.Equal(events.Spoken().Select(s => Path.GetFileName(s.Path)!).Distinct().Order(StringComparer.Ordinal), _folder.Files);
    }

    private static object RowOf(BatchEvent end) => end is BatchEvent.SpeechMade spoken ? spoken.Speech.InputObject! : ((BatchEvent.RowFailed)end).Source!;

    private void AssertPaidOnce()
    {
        Assert.Empty(_service.Record.ChargedTwice);
        Assert.Equal(_service.Record.ChargedTasks, _service.Record.DistinctChargedRequests);
    }

    private void AssertLedger()
    {
        Assert.All(File.ReadAllLines(LedgerLocation.FileIn(_folder.Path)), line => Assert.NotNull(LedgerEvent.Parse(System.Text.Encoding.UTF8.GetBytes(line))));
        TtsLedgerEntry[] entries = [.. LedgerReader.Read(_folder.Path)];
        Assert.All(entries, e => Assert.Contains(e.Status, (string[])["Saved", "Failed"]));
        Assert.Equal(Distinct, entries.Count(e => e.Status == "Saved"));
        Assert.Equal(_service.Record.Charged, entries.Sum(e => e.Cost ?? 0));
    }
}
