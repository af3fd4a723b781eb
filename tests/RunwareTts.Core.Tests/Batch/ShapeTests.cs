using System.Globalization;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Every shape that the emulator can give its answers, end to end: all results, the right errors, paid once.</summary>
public sealed class ShapeTests : EmulatorTest
{
    private const int ForEver = 1000;
    private static readonly BatchOptions OneTask = Service.Quick with { MaxTasks = 1 };
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };
    private static readonly SpeakOrder Order = new("Hello", "alibaba:qwen@3-tts-1.7b-customvoice", "ryan", null, "English", 1, "MP3", null, null, null, 2048, 0);

    // All tests ask for one voice, so that one file of audio does. It is made off the few threads of xunit, which the tests block.
    private static readonly Task<byte[]> Audio = Task.Run(() => DraftVoice.SpeakAsync(Order, CancellationToken.None));

    public static TheoryData<string> Shapes => [.. AnswerShapes.All.Select(s => s.Name)];

    public static TheoryData<string> Errors => [.. AnswerShapes.All.Where(s => s.Failing != Failing.Nothing).Select(s => s.Name)];

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: (_, _) => Audio);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sync_understands(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        _service.Faults.OnSubmit(new Fault.Shaped(shape));
        List<BatchEvent> events = _service.Run([Hello with { NumberResults = Text(expected.Asked) }], _folder.Path, OneTask);
        Check(events, expected, rows: 1);
        Assert.Equal(expected.IsSentAgain ? 2 : 1, Sent("audioInference"));
        Assert.True(expected.IsWhole ? Sent("getResponse") == 0 : Sent("getResponse") > 0, $"{Sent("getResponse")} polls");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Async_understands(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        TaskRow task = Assert.Single(Submit(expected.Asked));
        _service.Faults.OnPoll(new Fault.Shaped(shape), expected.IsWhole ? ForEver : 2);
        List<BatchEvent> events = Waits.Run(_service.Provider(), [task], _folder.Path);
        Check(events, expected, rows: 1);
        Assert.Equal(1, Sent("audioInference"));
        Assert.InRange(Sent("getResponse"), 1, 4);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Shapes))]
    public void Async_understands_of_several_tasks_at_once(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        TaskRow[] tasks = Submit(expected.Asked, expected.Asked, expected.Asked);
        _service.Faults.OnPoll(new Fault.Shaped(shape), expected.IsWhole ? ForEver : 2);
        List<BatchEvent> events = Waits.Run(_service.Provider(), tasks, _folder.Path);
        Check(events, expected, rows: 3);
        Assert.Equal(3, events.OfType<BatchEvent.SpeechMade>().Select(e => e.Speech.TaskUUID).Concat(events.OfType<BatchEvent.RowFailed>().Select(e => (Guid?)Guid.Parse(((TaskRow)e.Source!).TaskUUID!))).Distinct().Count());
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Shapes))]
    public void An_async_submission_understands(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        _service.Faults.OnSubmit(new Fault.Shaped(shape));
        List<BatchEvent> events = _service.Run([Hello with { NumberResults = Text(expected.Asked) }], null, OneTask with { Wait = false });
        TaskRow[] tasks = [.. events.OfType<BatchEvent.TaskSubmitted>().Select(e => Waits.RowOf(e.Task))];
        Assert.Equal(expected.Results > 0 ? 1 : 0, tasks.Length);
        Check([.. events, .. Waits.Run(_service.Provider(), tasks, _folder.Path)], expected, rows: 1);
        Assert.Equal(expected.IsSentAgain ? 2 : 1, Sent("audioInference"));
    }

    /// <summary>The same words under an HTTP error may be about the request: it is sent again, under the same id.</summary>
    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_under_HTTP_500_is_told_once_and_paid_once(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        _service.Faults.OnSubmit(new Fault.Shaped(shape, 500));
        _service.Faults.OnPoll(new Fault.Shaped(shape, 500));
        List<BatchEvent> events = _service.Run([Hello with { NumberResults = Text(expected.Asked) }], _folder.Path, OneTask);
        Assert.Equal(expected.Results, events.Spoken().Length);
        Assert.Single(events.Errors());
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    /// <summary>An error that says how the task ended is its end, whatever the HTTP status of the poll.</summary>
    [Theory]
    [InlineData("item-error")]
    [InlineData("item-flat")]
    [InlineData("error-object")]
    [InlineData("errors-context")]
    [InlineData("partial-item")]
    public void A_failed_task_is_over_under_HTTP_500_too(string shape)
    {
        Expected expected = ShapeExpectations.ByName[shape];
        TaskRow task = Assert.Single(Submit(expected.Asked));
        _service.Faults.OnPoll(new Fault.Shaped(shape, 500), ForEver);
        Check(Waits.Run(_service.Provider(), [task], _folder.Path), expected, rows: 1);
    }

    /// <summary>A request that the service refuses is not made better by sending it again, whatever the refusal looks like.</summary>
    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_refusal_is_read_in_every_shape(string shape)
    {
        _service.Faults.OnSubmit(new Fault.Shaped(shape, 400));
        TtsException error = await Assert.ThrowsAsync<RunwareException>(() => _service.Provider().SubmitAsync(Guid.NewGuid(), Bad, wait: true, CancellationToken.None));
        Assert.Equal(shape switch { "legacy" => "Runware.19", "no-code" => "Runware.http400", _ => "Runware.invalidNumberResults" }, error.ErrorId);
        Assert.False(error.IsTransient);
        Assert.Contains("must be from 1 to 20", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Every_shape_has_its_expectation_and_nothing_else_has() =>
        Assert.Equal(AnswerShapes.All.Select(s => s.Name).Order(), ShapeExpectations.ByName.Keys.Order());

    private static SpeechRequest Bad => RowReader.Read(Hello).Request! with { NumberResults = 21 };

    private void Check(List<BatchEvent> events, Expected expected, int rows)
    {
        Assert.Equal(Enumerable.Repeat($"Runware.{expected.Code}", expected.Code is null ? 0 : rows), events.Errors().Select(e => e.ErrorId));
        TtsSpeech[] spoken = events.Spoken();
        Assert.Equal(expected.Results * rows, spoken.Select(s => s.AudioUUID).Distinct().Count());
        Assert.Equal(expected.Results * rows, spoken.Length);
        Assert.Equal(spoken.Select(s => Path.GetFileName(s.Path)).Order(StringComparer.Ordinal), _folder.Files);
        Assert.All(spoken, s => Assert.Equal(("MP3", 0.0002m), (s.Audio!.Format, s.Cost)));
        Assert.Equal(rows, _service.Record.ChargedTasks);
        foreach (RunwareException error in events.Errors().OfType<RunwareException>())
        {
            Assert.Equal((expected.Parameters, expected.Allowed), (string.Join(", ", error.Parameters), string.Join(", ", error.AllowedValues)));
            Assert.Contains("A failure on demand", error.Message, StringComparison.Ordinal);
        }
    }

    private TaskRow[] Submit(params int[] results) =>
        [.. _service.Run(results.Select((n, i) => Hello with { Text = $"Hello there {i}", Id = $"hello{i}", NumberResults = Text(n) }), null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Select(e => Waits.RowOf(e.Task))];

    private int Sent(string type) => _service.Record.Tasks.Count(t => t.TaskType == type);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
