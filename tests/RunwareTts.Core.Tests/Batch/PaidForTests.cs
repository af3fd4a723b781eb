using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>The narrow places between "sent" and "saved": whatever happens there, a task that may have been paid for is named.</summary>
public sealed class PaidForTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakAsync);

    [Theory]
    [InlineData("insufficientCredits", 402)]
    [InlineData("invalidThing", 400)]
    [InlineData("rateLimitExceeded", 429)]
    public void A_refusal_after_a_lost_answer_names_the_task(string code, int status)
    {
        _service.Faults.OnSubmit(new Fault.ResetAfterAccept());
        _service.Faults.OnSubmit(new Fault.ErrorBody($$"""{"errors":[{"code":"{{code}}","message":"m"}]}""", status), 10);
        TtsException error = Assert.Single(_service.Run([Hello]).Errors());
        Assert.Equal($"Runware.{code}", error.ErrorId);
        Assert.Equal(code == "insufficientCredits", error.EndsPipeline);
        Assert.Contains($"Wait-TtsTask -TaskUUID {error.TaskUUID}", error.Message, StringComparison.Ordinal);
        Assert.Single(Waits.Run(_service.Provider(), [new TaskRow { TaskUUID = error.TaskUUID.ToString() }], null).Spoken());
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_poll_that_is_refused_after_a_lost_answer_names_the_task()
    {
        _service.Faults.OnSubmit(new Fault.CutAnswer());
        _service.Faults.OnPoll(new Fault.ErrorBody("""{"errors":[{"code":"invalidThing","message":"m"}]}""", 400));
        TtsException error = Assert.Single(_service.Run([Hello]).Errors());
        Assert.Contains($"Wait-TtsTask -TaskUUID {error.TaskUUID}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_break_off_are_answers_and_no_unreachable_host()
    {
        _service.Faults.OnSubmit(new Fault.CutAnswer(), 12);
        List<BatchEvent> events = _service.Run([.. Enumerable.Range(0, 4).Select(i => Hello with { Id = $"{i}", Text = $"Row {i}" })]);
        Assert.Equal(4, events.Spoken().Length);
        Assert.Equal(4, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_conflict_on_the_first_try_names_the_task_that_is_there()
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"conflictTaskUUID","message":"m"}]}""", 400));
        TtsException error = Assert.Single(_service.Run([Hello]).Errors());
        Assert.Equal(("Runware.conflictTaskUUID", true), (error.ErrorId, error.TaskUUID is not null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Equal_rows_for_one_file_are_one_task(bool wait)
    {
        List<BatchEvent> events = _service.Run([Hello, Hello with { Id = "HELLO" }], _folder.Path, Service.Quick with { Wait = wait });
        Assert.Empty(events.Errors());
        Assert.Equal(1, _service.Record.ChargedTasks);
        if (wait)
            Assert.Equal(["Completed", "Unchanged"], events.Spoken().Select(s => s.Status));
        else
            Assert.Single(events.OfType<BatchEvent.TaskSubmitted>().Select(e => e.Task.TaskUUID).Distinct());
    }

    [Fact]
    public void A_row_that_failed_leaves_an_equal_one_to_try_for_itself()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "hello.mp3"), "mine");
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"invalidThing","message":"m"}]}""", 400), 2);
        Assert.Equal(2, _service.Run([Hello, Hello], _folder.Path, force: true).Errors().Length);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder.Path, "hello.mp3")));

        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"invalidThing","message":"m"}]}""", 400));
        List<BatchEvent> events = _service.Run([Hello, Hello], _folder.Path, force: true);
        Assert.Equal("Runware.invalidThing", Assert.Single(events.Errors()).ErrorId);
        Assert.Equal("Completed", Assert.Single(events.Spoken()).Status);
    }

    [Fact]
    public void A_download_that_failed_is_not_paid_again_by_an_equal_row()
    {
        _service.Faults.OnDownload(new Fault.NotFoundDownload(), 3);
        List<BatchEvent> events = _service.Run([Hello, Hello], _folder.Path);
        Assert.Equal("DownloadFailed", Assert.Single(events.Errors()).ErrorId);
        Assert.Equal(["hello.mp3"], _folder.Files);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("id\ud800")]
    [InlineData("id\uFFFE")]
    public void An_odd_row_does_not_stop_the_others(string id)
    {
        Assert.InRange(_service.Run([Hello, Hello with { Id = id }, Hello with { Id = "last" }], _folder.Path).Spoken().Length, 2, 3);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_found_before_anything_is_paid()
    {
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.Equal("OutputNotWritten", Assert.Single(_service.Run([Hello], file).Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void A_file_that_is_there_keeps_a_waited_result_unsaved_and_named()
    {
        TtsTask task = _service.Run([Hello], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        File.WriteAllText(Path.Combine(_folder.Path, "hello.mp3"), "mine");
        TtsException error = Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task)], _folder.Path).Errors());
        Assert.Equal("OutputExists", error.ErrorId);
        Assert.Equal(task.TaskUUID, error.TaskUUID);
        Assert.NotNull(error.Speech!.AudioUrl);
    }

    [Fact]
    public void A_path_without_a_folder_can_be_waited_for_in_another_one()
    {
        using TempFolder here = new();
        using TempFolder there = new();
        TtsTask task = _service.Run([Hello with { OutputPath = Path.Combine(here.Path, "sub", "four.mp3") }], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        Assert.Equal(("four.mp3", Path.Combine(here.Path, "sub")), (task.OutputPath, task.OutputDirectory));
        Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task)], there.Path).Spoken());
        Assert.Equal(["four.mp3"], there.Files);
    }

    [Fact]
    public void What_is_only_echoed_is_never_refused()
    {
        TtsTask task = _service.Run([Hello], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task) with { Speed = "1,5", MaxNewTokens = "2.048", Language = "Klingon" }], null).Spoken());
    }
}
