using System.Text.Json;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;
using RunwareTts.Tests.Batch;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>A clip of this machine on its way to the service.</summary>
public sealed class ClipTests : EmulatorTest
{
    private readonly TempFolder _state = new();
    private string _clip = "";

    public static TheoryData<Fault> Passing =>
        [.. ((IEnumerable<object[]>)RetryTests.Passing).Select(row => (Fault)row[0]).Where(fault => fault is not (Fault.Empty or Fault.Shaped))];

    private string State => _state.Path;

    private protected override Task<Service> StartAsync()
    {
        _clip = Clips.Write(_state.Path);
        return Service.StartAsync(speak: TinyVoice.SpeakAsync);
    }

    private protected override void Tidy() => _state.Dispose();

    [Fact]
    public void Thirty_rows_share_one_upload_and_the_next_run_needs_none()
    {
        Assert.Equal(30, Run(30).Spoken().Length);
        Assert.Equal((1, 30), (_service.Record.Uploads, _service.Record.ChargedTasks));
        Assert.Equal([Clips.Of(_clip).Identity], _service.Record.Charges.Select(c => c.Clip).Distinct());
        Assert.Equal(30 * Estimates.Of(Request()), _service.Record.Charged);

        Assert.Equal(32, Run(32).Spoken().Length);
        Assert.Equal((1, 62), (_service.Record.Uploads, _service.Record.ChargedTasks));
    }

    [Fact]
    public void Two_names_of_one_content_share_an_upload_and_another_content_has_its_own()
    {
        string same = Clips.Write(State, "same.wav");
        string other = Clips.Write(State, "other.wav", seed: 1);
        SpeechRow[] rows = [Clips.Row("a", _clip), Clips.Row("b", same), Clips.Row("c", other)];
        Assert.Equal(3, Clips.Run(_service, State, rows).Spoken().Length);
        Assert.Equal(new[] { _clip, other }.Select(path => Clips.Of(path).Identity).Order(), _service.Record.UploadedClips.Order());
    }

    [Fact]
    public async Task Each_endpoint_has_its_own_upload()
    {
        await using Service other = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        Run(1);
        Assert.Single(Clips.Run(other, State, Clips.Rows(1, _clip)).Spoken());
        Assert.Equal((1, 1), (_service.Record.Uploads, other.Record.Uploads));
        Run(2);
        Assert.Equal(1, _service.Record.Uploads);
    }

    [Theory]
    [InlineData("mediaNotFound", 400, false)]
    [InlineData("mediaNotFound", 404, false)]
    [InlineData("invalidAudio", 400, false)]
    [InlineData("somethingOdd", 422, false)]
    [InlineData("forbidden", 403, false)]
    [InlineData("internalServerError", 500, false)]
    [InlineData("mediaNotFound", 400, true)]
    [InlineData("invalidParameter", 400, true)]
    [InlineData("inferenceError", 400, true)]
    public void Media_that_the_service_has_forgotten_is_uploaded_again(string code, int status, bool late)
    {
        Run(1);
        _service.ForgetMedia();
        _service.Switches = new EmulatorSwitches { MediaErrorCode = code, MediaErrorStatus = status, LateMediaErrors = late };
        List<BatchEvent> events = Clips.Run(_service, State, Clips.Rows(9, _clip).Skip(1), _folder.Path);
        Assert.Empty(events.Errors().Select(e => e.Message));
        Assert.Equal(8, events.Spoken().Length);
        Assert.Equal((2, 9), (_service.Record.Uploads, _service.Record.ChargedTasks));
        Assert.Empty(_service.Record.ChargedTwice);
    }

    [Fact]
    public void Media_that_is_forgotten_in_the_middle_of_a_batch_is_uploaded_again()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        ISpeechProvider provider = Clips.Provider(_service, State);
        Assert.Single(Batches.Run(provider, Clips.Rows(1, _clip), null, Clips.Quick, ledger).Spoken());
        _service.ForgetMedia();
        Assert.Equal(3, Batches.Run(provider, Clips.Rows(4, _clip).Skip(1), null, Clips.Quick, ledger).Spoken().Length);
        Assert.Equal(2, _service.Record.Uploads);
    }

    [Fact]
    public void A_clip_that_the_service_refuses_every_time_is_the_rows_error_and_not_uploaded_for_ever()
    {
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"invalidAudio","message":"Too noisy","parameter":"inputs.audio"}]}""", 400), 99);
        List<BatchEvent> events = Run(4);
        Assert.Equal(4, events.Errors().Length);
        Assert.All(events.Errors(), e => Assert.Equal(("Runware.invalidAudio", false, false), (e.ErrorId, e.IsInDoubt, e.EndsPipeline)));
        Assert.Contains("Too noisy", events.Errors()[0].Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (_service.Record.Uploads, _service.Record.ChargedTasks));
    }

    [Theory]
    [InlineData("unsupportedParameter", 400)]
    [InlineData("forbidden", 403)]
    [InlineData("mediaStorageDisabled", 404)]
    public void Where_uploads_are_refused_the_clip_is_sent_as_data(string code, int status)
    {
        _service.Switches = new EmulatorSwitches { RefuseUploads = code, UploadErrorStatus = status };
        Assert.Equal(5, Run(5).Spoken().Length);
        Assert.Equal([Clips.Of(_clip).Identity], _service.Record.Charges.Select(c => c.Clip).Distinct());
        Assert.Single(_service.Sent("mediaStorage"));
        Assert.All(Audio(), audio => Assert.Equal(Convert.ToBase64String(File.ReadAllBytes(_clip)), audio));
    }

    [Fact]
    public void Where_data_is_refused_too_the_row_says_both()
    {
        _service.Switches = new EmulatorSwitches { RefuseUploads = "uploadsClosed", RefuseInline = true };
        TtsException error = Assert.Single(Run(1).Errors());
        Assert.Contains("uploadsClosed", error.Message, StringComparison.Ordinal);
        Assert.Contains("inputs.audio", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_key_that_is_none_ends_the_pipeline_with_the_first_upload()
    {
        TtsException error = Assert.Single(Batches.Run(
            Clips.Provider(_service, State, "wrong"), Clips.Rows(3, _clip), null, Clips.Quick with { ThrottleLimit = 1 }).Errors());
        Assert.Equal(("Runware.invalidApiKey", true), (error.ErrorId, error.EndsPipeline));
        Assert.Empty(_service.Sent("audioInference"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public void An_upload_that_fails_in_passing_is_repeated(Fault fault)
    {
        _service.Faults.OnMedia(fault, 2);
        Assert.Equal(3, Assert.Single(Run(1).Spoken()).Attempts);
        Assert.Single(_service.Sent("audioInference"));
    }

    [Fact]
    public void A_row_whose_upload_never_arrives_has_failed_and_is_not_in_doubt()
    {
        _service.Faults.OnMedia(new Fault.Status(500), 99);
        TtsException error = Assert.Single(Clips.Run(_service, State, Clips.Rows(1, _clip), _folder.Path).Errors());
        Assert.Equal(("Runware.internalServerError", false, null), (error.ErrorId, error.IsInDoubt, error.TaskUUID));
        Assert.Equal("Failed", Assert.Single(LedgerReader.Read(_folder.Path)).Status);
        Assert.Empty(_service.Sent("audioInference"));
    }

    [Fact]
    public void An_upload_that_is_still_processed_is_waited_for()
    {
        _service.Switches = new EmulatorSwitches { UploadPolls = 2 };
        Assert.Equal(3, Run(3).Spoken().Length);
        Assert.Equal(1, _service.Record.Uploads);
        Assert.DoesNotContain("1", Audio());
    }

    [Fact]
    public async Task An_upload_ends_with_its_pipeline()
    {
        _service.Switches = new EmulatorSwitches { UploadSeconds = 300 };
        using CancellationTokenSource stop = new();
        Task<TaskAnswer> sending = Clips.Provider(_service, State).SubmitAsync(Guid.NewGuid(), Request(), wait: true, stop.Token);
        while (_service.Record.Requests == 0)
            await Task.Delay(5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_file_that_has_changed_since_it_was_checked_is_not_sent()
    {
        ReferenceClip checkedClip = Clips.Of(_clip);
        Clips.Write(State, seed: 1);
        RunwareProvider provider = new(_service.Client(), State);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => provider.SubmitAsync(
            Guid.NewGuid(), Request() with { Clip = checkedClip }, true, CancellationToken.None));
        Assert.Equal("InvalidRequest.ReferenceAudio", error.ErrorId);
        Assert.Equal(0, _service.Record.Requests);
    }

    [Fact]
    public void What_is_remembered_is_for_this_user_only_and_names_no_path()
    {
        Run(1);
        string folder = Path.Combine(State, "media");
        string file = Assert.Single(Directory.GetFiles(folder));
        Assert.DoesNotContain(State, File.ReadAllText(file), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Without_waiting_a_lost_clip_is_found_out_at_the_submission_and_the_task_is_sent_again()
    {
        Run(1);
        _service.ForgetMedia();
        BatchOptions options = Clips.Quick with { Wait = false };
        List<BatchEvent> events = Clips.Run(_service, State, Clips.Rows(3, _clip).Skip(1), null, options);
        Assert.Equal(2, events.OfType<BatchEvent.TaskSubmitted>().Count());
        Assert.Equal((2, 3), (_service.Record.Uploads, _service.Record.ChargedTasks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("""{"media":"1"}""")]
    public void A_damaged_memory_is_ignored_and_replaced(string content)
    {
        Run(1);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(State, "media")));
        string kept = File.ReadAllText(file);
        File.WriteAllText(file, content);
        Assert.Equal(2, Run(2).Spoken().Length);
        Assert.Equal(2, _service.Record.Uploads);
        Assert.NotEqual(content, File.ReadAllText(file));
        Assert.DoesNotContain("emulator-key", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_without_a_state_folder_uploads_in_every_run()
    {
        for (int run = 1; run <= 2; run++)
        {
            Assert.Equal(3, Clips.Run(_service, null, Clips.Rows(3, _clip)).Spoken().Length);
            Assert.Equal(run, _service.Record.Uploads);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stored_media_that_a_row_names_and_the_service_does_not_have_is_that_rows_error(bool late)
    {
        _service.Switches = new EmulatorSwitches { LateMediaErrors = late };
        List<BatchEvent> events = Clips.Run(_service, State, [Clips.Row("a", $"{Guid.NewGuid()}"), Clips.Row("b", _clip)]);
        TtsException error = Assert.Single(events.Errors());
        Assert.Equal("Runware.mediaNotFound", error.ErrorId);
        Assert.Contains("UUID of media", error.Message, StringComparison.Ordinal);
        Assert.Equal("b", Assert.Single(events.Spoken()).Id);
        Assert.Equal(2, _service.Sent("audioInference").Length);
    }

    [Fact]
    public async Task A_price_needs_no_upload()
    {
        ISpeechProvider provider = Clips.Provider(_service, State);
        Assert.Equal(0.0001m, await provider.PriceAsync(Request(), CancellationToken.None));
        Assert.NotEqual(Convert.ToBase64String(File.ReadAllBytes(_clip)), Assert.Single(Audio()));
        _service.Switches = new EmulatorSwitches { RefuseInline = true };
        Assert.Null(await provider.PriceAsync(Request(), CancellationToken.None));
        Assert.Empty(_service.Sent("mediaStorage"));

        Run(1);
        Assert.Equal(0.0001m, await Clips.Provider(_service, State).PriceAsync(Request(), CancellationToken.None));
        Assert.Single(_service.Sent("mediaStorage"));
    }

    [Fact]
    public async Task A_clip_is_deleted_at_the_service_and_forgotten()
    {
        Run(1);
        RunwareProvider provider = new(_service.Client(), State);
        Assert.True(await provider.DeleteClipAsync(Clips.Of(_clip).Identity, CancellationToken.None));
        Assert.False(await provider.DeleteClipAsync(Clips.Of(_clip).Identity, CancellationToken.None));
        Assert.Equal(1, _service.Record.Deletes);
        Assert.Empty(Directory.GetFiles(Path.Combine(State, "media")));
        Assert.Equal(2, Run(2).Spoken().Length);
        Assert.Equal(2, _service.Record.Uploads);
    }

    [Fact]
    public async Task A_run_that_was_killed_after_the_upload_is_continued_under_the_same_task()
    {
        Guid lost = Guid.NewGuid();
        using (TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path))
        {
            await ledger.AppendAsync(new LedgerEvent
            {
                Event = LedgerEventKind.Submitted,
                At = DateTimeOffset.UtcNow,
                Task = lost,
                Hash = RequestHash.Compute("Runware", Request()),
            });
        }

        Run(1);
        int before = _service.Sent("audioInference").Length;
        Assert.Single(Clips.Run(_service, State, [Clips.Row("x", _clip)], _folder.Path).Spoken());
        Assert.Equal([lost], _service.Sent("audioInference").Skip(before));
        Assert.Equal(1, _service.Record.Uploads);
    }

    [Fact]
    public async Task Debug_shows_neither_the_clip_nor_what_is_sent_of_it()
    {
        List<string> trace = [];
        RunwareClient client = new(_service.Endpoint, ApiKey.From(new EmulatorOptions().ApiKey), null, trace.Add);
        await new RunwareProvider(client, State).SubmitAsync(Guid.NewGuid(), Request(), true, CancellationToken.None);
        Assert.Contains(trace, t => t.Contains("characters of data)", StringComparison.Ordinal));
        Assert.All(trace, t => Assert.InRange(t.Length, 0, 3000));
    }

    private SpeechRequest Request() => RowReader.Read(Clips.Row("x", _clip)).Request! with { Clip = Clips.Of(_clip) };

    private List<BatchEvent> Run(int rows) => Clips.Run(_service, State, Clips.Rows(rows, _clip));

    private string?[] Audio() =>
    [
        .. _service.Record.Tasks.Where(t => t.TaskType == "audioInference")
            .Select(t => JsonDocument.Parse(t.Json).RootElement.GetProperty("inputs").GetProperty("audio").GetString()),
    ];
}
