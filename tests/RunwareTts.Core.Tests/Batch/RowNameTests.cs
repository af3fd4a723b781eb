using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Every message about a row begins with it, and what is said of many rows is said once.</summary>
public sealed class RowNameTests : IAsyncLifetime
{
    private static readonly SpeechRow Blank = new() { Columns = ["Id", "Text"], IsBlank = true };

    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public void An_error_begins_with_the_Id_or_with_the_number_of_its_row()
    {
        using TempFolder folder = new();
        List<BatchEvent> events = _service.Run(
            [
                new SpeechRow { Text = "One", Id = "one" },
                new SpeechRow { Text = "Two", Speed = "9" },
                new SpeechRow { Text = "Three", Id = " gate ", Speed = "9" },
                new SpeechRow { Text = "Four", Id = "one" },
                new SpeechRow { Text = "Five", Id = "a\u001B[2Jb", Speed = "9" },
            ],
            folder.Path);
        string[] messages = [.. events.Errors().Select(e => e.Message)];
        Assert.Equal(4, messages.Length);
        Assert.StartsWith("Row 2: Speed 9 is outside", messages[0], StringComparison.Ordinal);
        Assert.StartsWith("gate: Speed 9 is outside", messages[1], StringComparison.Ordinal);
        Assert.StartsWith("one: ", messages[2], StringComparison.Ordinal);
        Assert.StartsWith("a<U+001B>[2Jb: ", messages[3], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_service_says_of_a_row_begins_with_it_too()
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"contentPolicyViolation","message":"no\u001b[2J\r\nforged"}]}""", 400));
        TtsException error = Assert.Single(_service.Run([new SpeechRow { Text = "One", Id = "one" }]).Errors());
        Assert.StartsWith("one: no<U+001B>[2J<U+000D><U+000A>forged (Runware code", error.Message, StringComparison.Ordinal);
        Assert.IsType<RunwareException>(error);
    }

    [Fact]
    public void Warnings_and_verbose_lines_begin_with_the_row()
    {
        List<BatchEvent> events = _service.Run([new SpeechRow { Text = "One", Id = "one", Voice = "vivien" }]);
        Assert.All(events.OfType<BatchEvent.Warned>(), warned => Assert.StartsWith("one: ", warned.Message, StringComparison.Ordinal));
        Assert.NotEmpty(events.OfType<BatchEvent.Warned>());
        Assert.All(events.OfType<BatchEvent.Verbose>(), told => Assert.StartsWith("one: Task ", told.Message, StringComparison.Ordinal));
        Assert.NotEmpty(events.OfType<BatchEvent.Verbose>());
    }

    [Fact]
    public void The_problems_of_a_validation_are_those_of_the_error()
    {
        SpeechRow row = new() { Text = "One", Speed = "9" };
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        using ValidationBatch batch = new(_service.Provider(), new OutputPlanner(null, force: false, Path.GetFullPath, ledger), ledger, Service.Quick, remote: false);
        batch.Add(row, null, null);
        TtsValidation tested = Assert.Single(batch.Take(all: true, CancellationToken.None).OfType<BatchEvent.Validated>()).Validation;
        Assert.Equal(Assert.Single(_service.Run([row]).Errors()).Message, Assert.Single(tested.Problems).Message);
    }

    [Fact]
    public void A_part_is_named_after_its_row()
    {
        using TempFolder folder = new();
        SpeechRow book = new() { Text = string.Join(" ", Enumerable.Repeat("A sentence that is not short.", 150)), Id = "book", OutputFormat = "WAV" };
        List<BatchEvent> events = _service.Run([book], folder.Path, Service.Quick with { Split = true });
        Assert.All(events.OfType<BatchEvent.Verbose>(), told => Assert.Matches("^book: part [123]: Task ", told.Message));
        Assert.NotEmpty(events.OfType<BatchEvent.Verbose>());
    }

    [Fact]
    public void What_WhatIf_shows_begins_with_the_row()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        RowPlanner planner = new(_service.Provider(), new OutputPlanner(null, force: false, Path.GetFullPath, ledger), ledger, Service.Quick);
        Assert.StartsWith("Row 1: 'One' by auto", planner.Plan(new SpeechRow { Text = "One" }, null, null).Subject, StringComparison.Ordinal);
        Assert.StartsWith("two: 'Two' by auto", planner.Plan(new SpeechRow { Text = "Two", Id = "two" }, null, null).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_rows_are_passed_over_with_one_warning_and_keep_their_numbers()
    {
        List<BatchEvent> events = _service.Run([Blank, new SpeechRow { Text = "Two", Speed = "9" }, Blank, Blank]);
        Assert.StartsWith("Row 2: ", Assert.Single(events.Errors()).Message, StringComparison.Ordinal);
        Assert.Equal("3 rows have blank cells only and were skipped (the first is row 1 of the pipeline).", Assert.Single(events.OfType<BatchEvent.Warned>()).Message);
        Assert.Empty(_service.Record.Tasks);
    }

    [Fact]
    public void A_column_that_is_nearly_ours_is_refused_once_and_nothing_of_its_rows_is_sent()
    {
        SpeechRow row = new() { Text = "Hello", Columns = ["Text", "Vocie"] };
        List<BatchEvent> events = _service.Run([row, row, row]);
        TtsException error = Assert.Single(events.Errors());
        Assert.Equal("InvalidRequest.Voice", error.ErrorId);
        Assert.Contains("'Vocie'", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("2 more rows", Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        Assert.Empty(_service.Record.Tasks);
    }

    [Fact]
    public void A_task_is_named_by_its_Id_or_by_itself()
    {
        using TaskBatch waiter = new(_service.Provider(), Service.Quick with { UnknownAfter = TimeSpan.FromMilliseconds(100) });
        OutputPlanner planner = new(null, force: false, Path.GetFullPath);
        Guid task = Guid.NewGuid();
        waiter.Add(new TaskRow { TaskUUID = task.ToString() }, planner, null);
        waiter.Add(new TaskRow { TaskUUID = "nonsense", Id = "gate" }, planner, null);
        waiter.Add(new TaskRow(), planner, null);
        string[] messages = [.. waiter.Take(all: true, CancellationToken.None).Errors().Select(e => e.Message)];
        Assert.Contains(messages, m => m.StartsWith($"Task {task}", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.StartsWith("gate: TaskUUID 'nonsense'", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.StartsWith("Row 3: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_that_ends_the_pipeline_is_about_no_row()
    {
        TtsException error = Assert.Single(_service.Run([new SpeechRow { Text = "One", Id = "one" }], key: "wrong-key-1234567890").Errors());
        Assert.True(error.EndsPipeline);
        Assert.DoesNotContain("one:", error.Message, StringComparison.Ordinal);
    }
}
