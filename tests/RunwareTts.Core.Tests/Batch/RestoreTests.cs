using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Tests.Ledger;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests.Batch;

/// <summary>What was paid for before comes again for nothing: from the file, from another row's, by its URL, from the service.</summary>
public sealed class RestoreTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: TinyVoice.SpeakAsync);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_there_is_unchanged_and_asks_for_nothing(int results)
    {
        SpeechRow row = Hello with { NumberResults = $"{results}" };
        TtsSpeech[] first = _service.Run([row], _folder.Path).Spoken();
        (int requests, int downloads) = (_service.Record.Requests, _service.Record.Downloads);
        TtsSpeech[] again = _service.Run([row], _folder.Path, key: "else").Spoken();
        Assert.Equal((requests, downloads), (_service.Record.Requests, _service.Record.Downloads));
        Assert.Equal(first.Select(s => (s.Path, s.Size, LedgerAudio.Of(s.Audio), s.TaskUUID, s.AudioUUID, s.AudioUrl)), again.Select(s => (s.Path, s.Size, LedgerAudio.Of(s.Audio), s.TaskUUID, s.AudioUUID, s.AudioUrl)));
        Assert.All(again, s => Assert.Equal(("Unchanged", 0m, 0), (s.Status, s.Cost, s.Attempts)));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void A_file_that_is_gone_or_never_came_is_downloaded_again(bool wasSaved, int results)
    {
        SpeechRow row = Hello with { NumberResults = $"{results}" };
        _service.Run([row], _folder.Path);
        string[] files = Empty();
        if (!wasSaved)
            Past.Cut(_folder.Path, e => e.Event != LedgerEventKind.Saved);
        int requests = _service.Record.Requests;
        TtsSpeech[] again = _service.Run([row], _folder.Path).Spoken();
        Assert.All(again, s => Assert.Equal(("Unchanged", 0m), (s.Status, s.Cost)));
        Assert.Equal(files, _folder.Files);
        Assert.Equal((requests, results * 2), (_service.Record.Requests, _service.Record.Downloads));
        Assert.Equal("Saved", Assert.Single(LedgerReader.Read(_folder.Path)).Status);
    }

    [Fact]
    public void Of_several_only_the_missing_one_is_fetched()
    {
        SpeechRow row = Hello with { NumberResults = "3" };
        _service.Run([row], _folder.Path);
        // The run ended when the first was saved and the second was on record, without its name yet.
        File.Delete(Path.Combine(_folder.Path, "hello-2.mp3"));
        File.Delete(Path.Combine(_folder.Path, "hello-3.mp3"));
        Past.Cut(_folder.Path, e => e.Index != 2);
        DateTime first = File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "hello-1.mp3"));
        TtsSpeech[] again = _service.Run([row], _folder.Path).Spoken();
        Assert.Equal(["hello-1.mp3", "hello-2.mp3", "hello-3.mp3"], again.Select(s => Path.GetFileName(s.Path)));
        Assert.Equal(3, again.Select(s => s.AudioUUID).Distinct().Count());
        Assert.Equal(first, File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "hello-1.mp3")));
        Assert.Equal((1, 5), (_service.Record.Requests, _service.Record.Downloads));
    }

    /// <summary>The service of another URL does not know the task, and its audio is still where it was put.</summary>
    [Fact]
    public async Task A_row_without_a_file_that_was_paid_for_elsewhere_is_given_by_its_url()
    {
        await using Service elsewhere = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        List<BatchEvent> Run(Service service)
        {
            using TaskLedger ledger = LedgerLocation.OpenRecovery(new RecoveryFolder(_folder.Path));
            return Batches.Run(service.Provider(), [Hello], null, Service.Quick with { Endpoint = service.Endpoint.ToString() }, ledger);
        }

        TtsSpeech first = Assert.Single(Run(elsewhere).Spoken());
        List<BatchEvent> again = Run(_service);
        Assert.Empty(again.Errors());
        Assert.Equal(first.AudioUrl, Assert.Single(again.Spoken()).AudioUrl);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void A_url_that_is_dead_leads_to_the_service_and_then_to_its_archive(bool isForgotten, int details)
    {
        _service.Run([Hello], _folder.Path);
        Empty();
        if (isForgotten)
            _service.Forget();
        _service.Faults.OnDownload(new Fault.NotFoundDownload(), 3);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).Status);
        Assert.Equal((1, 1, details), (_service.Sent("audioInference").Length, _service.Sent("getResponse").Length, _service.Sent("getTaskDetails").Length));
        Assert.Equal(["hello.mp3"], _folder.Files);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void A_download_that_fails_is_not_the_end_of_what_was_paid_for(bool isOtherUrl, bool hasUrl)
    {
        string? url = hasUrl ? "http://127.0.0.1:9/a.mp3" : null;
        LedgerEvent paid = Past.Submitted(Hello, Guid.NewGuid()) with { Endpoint = isOtherUrl ? "http://tunnel.example.com/v1" : null };
        Past.Write(_folder.Path, paid, paid with { Event = LedgerEventKind.Completed, Results = [new LedgerResult("x", url, 0.1m)] });
        TtsException error = Assert.Single(_service.Run([Hello], _folder.Path).Errors());
        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Contains(paid.Task.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _service.Record.ChargedTasks);
    }

    [Fact]
    public void The_same_service_by_another_url_is_asked_for_what_it_has()
    {
        SpeechRow row = Hello with { OutputType = "base64Data" };
        _service.Run([row], _folder.Path, Service.Quick with { Endpoint = "http://tunnel.example.com/v1" });
        Empty();
        Assert.Equal("Unchanged", Assert.Single(_service.Run([row], _folder.Path).Spoken()).Status);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void What_nobody_has_any_more_is_spoken_anew_and_that_is_said()
    {
        Past.Write(_folder.Path, Past.Submitted(Hello, Guid.NewGuid()) with { Event = LedgerEventKind.Completed, Results = [new LedgerResult("x", _service.Endpoint.OriginalString + "/gone.mp3", 0.1m)] });
        List<BatchEvent> events = _service.Run([Hello], _folder.Path);
        Assert.Equal("Completed", Assert.Single(events.Spoken()).Status);
        Assert.Contains(events.OfType<BatchEvent.Verbose>(), t => t.Message.Contains("generating it again", StringComparison.Ordinal));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_equal_row_copies_the_file_of_the_first(bool isLater)
    {
        SpeechRow other = Hello with { Id = "other", OutputPath = "sub/other.mp3" };
        SpeechRow[][] runs = isLater ? [[Hello], [other]] : [[Hello, other]];
        TtsSpeech[] spoken = [.. runs.SelectMany(rows => _service.Run(rows, _folder.Path).Spoken())];
        Assert.Equal([("Completed", 0.0002m), ("Unchanged", 0m)], spoken.Select(s => (s.Status!, s.Cost!.Value)));
        Assert.Equal(["hello.mp3", Path.Combine("sub", "other.mp3")], _folder.Files);
        Assert.Equal(File.ReadAllBytes(spoken[0].Path!), File.ReadAllBytes(spoken[1].Path!));
        Assert.Equal((1, 1), (_service.Record.Requests, _service.Record.Downloads));
    }

    [Fact]
    public void A_file_that_somebody_has_changed_is_neither_taken_for_ours_nor_overwritten()
    {
        _service.Run([Hello], _folder.Path);
        string path = Path.Combine(_folder.Path, "hello.mp3");
        File.AppendAllText(path, "edited");
        Assert.Equal("OutputExists", Assert.Single(_service.Run([Hello], _folder.Path).Errors()).ErrorId);
        Assert.EndsWith("edited", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path, force: true).Spoken()).Status);
        Assert.Equal((1, 2), (_service.Record.Requests, _service.Record.Downloads));
    }

    [Fact]
    public void A_row_that_changed_replaces_its_file_and_what_it_was_before_is_still_known()
    {
        SpeechRow changed = Hello with { Text = "Something else, and longer", OutputFormat = "MP3", Bitrate = "128" };
        _service.Run([Hello], _folder.Path);
        byte[] before = File.ReadAllBytes(Path.Combine(_folder.Path, "hello.mp3"));
        Assert.Equal("Completed", Assert.Single(_service.Run([changed], _folder.Path).Spoken()).Status);
        Assert.NotEqual(before, File.ReadAllBytes(Path.Combine(_folder.Path, "hello.mp3")));
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).Status);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder.Path, "hello.mp3")));
        Assert.Equal((2, 3), (_service.Record.Requests, _service.Record.Downloads));
        Assert.Equal(["hello.mp3"], _folder.Files);
    }

    [Fact]
    public void What_a_killed_run_left_half_is_cleared_away_when_it_is_old()
    {
        string Part(int age)
        {
            string path = Path.Combine(_folder.Path, $".{Guid.NewGuid():N}.part");
            File.WriteAllText(path, "half");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-age));
            return path;
        }

        (string dead, string young) = (Part(90), Part(10));
        string mine = Path.Combine(_folder.Path, ".mine.part");
        File.WriteAllText(mine, "");
        File.SetLastWriteTimeUtc(mine, DateTime.UtcNow.AddDays(-1));
        _service.Run([Hello], _folder.Path);
        Assert.Equal((false, true, true), (File.Exists(dead), File.Exists(young), File.Exists(mine)));
    }

    [Fact]
    public void Part_of_the_results_is_kept_and_what_is_missing_is_told_and_not_paid_again()
    {
        _service.Faults.OnSubmit(new Fault.Shaped("partial"));
        SpeechRow row = Hello with { NumberResults = "3" };
        List<BatchEvent> first = _service.Run([row], _folder.Path);
        Assert.Equal((2, 1), (first.Spoken().Length, first.Errors().Length));
        Empty();
        List<BatchEvent> again = _service.Run([row], _folder.Path);
        Assert.Equal(["hello-1.mp3", "hello-2.mp3"], _folder.Files);
        Assert.All(again.Spoken(), s => Assert.Equal("Unchanged", s.Status));
        Assert.Contains("2 of 3 results", Assert.Single(again.Errors()).Message, StringComparison.Ordinal);
        Assert.Equal(1, _service.Record.ChargedTasks);

        Assert.Equal(3, _service.Run([row], _folder.Path, Service.Quick with { Regenerate = true }).Spoken().Length);
        Assert.Equal(3, _service.Run([row], _folder.Path).Spoken().Length);
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Regenerate_speaks_everything_again_each_row_for_itself()
    {
        SpeechRow other = Hello with { Id = "other" };
        _service.Run([Hello], _folder.Path);
        TtsSpeech[] spoken = _service.Run([Hello, other], _folder.Path, Service.Quick with { Regenerate = true }).Spoken();
        Assert.Equal(["Completed", "Completed"], spoken.Select(s => s.Status));
        Assert.Equal(3, _service.Record.ChargedTasks);
        Assert.Equal("OutputPathTaken", Assert.Single(_service.Run([Hello, Hello], _folder.Path, Service.Quick with { Regenerate = true }).Errors()).ErrorId);
        Assert.Equal(4, _service.Record.ChargedTasks);
        Assert.All(_service.Run([Hello, other], _folder.Path).Spoken(), s => Assert.Equal("Unchanged", s.Status));
    }

    [Fact]
    public void A_new_attempt_that_failed_says_nothing_against_what_was_paid_before()
    {
        _service.Run([Hello], _folder.Path);
        _service.Faults.OnSubmit(new Fault.ErrorBody("""{"errors":[{"code":"invalidThing","message":"m"}]}""", 400));
        Assert.Single(_service.Run([Hello], _folder.Path, Service.Quick with { Regenerate = true }).Errors());
        Empty();
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).Status);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [NginxFact]
    public void An_upload_is_known_by_its_place_and_not_by_its_presigned_query()
    {
        using Nginx nginx = new();
        SpeechRow upload = Hello with { UploadEndpoint = nginx.Presigned("store/a.mp3") };
        Assert.Equal("Completed", Assert.Single(_service.Run([upload], _folder.Path).Spoken()).Status);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([upload with { UploadEndpoint = upload.UploadEndpoint + "&X-Amz-Date=tomorrow" }], _folder.Path).Spoken()).Status);
        Assert.DoesNotContain("Signature", File.ReadAllText(LedgerLocation.FileIn(_folder.Path)), StringComparison.Ordinal);
        SpeechRow[] elsewhere = [upload with { Id = "b", UploadEndpoint = nginx.Presigned("store/b.mp3") }, upload with { UploadEndpoint = nginx.Presigned("store/c.mp3") }];
        Assert.All(_service.Run(elsewhere, _folder.Path).Spoken(), s => Assert.Equal("Unchanged", s.Status));
        Assert.Equal(["store/a.mp3", "store/b.mp3", "store/c.mp3"], nginx.Arrived.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("base64Data")]
    [InlineData("dataURI")]
    public void Bytes_that_have_no_url_come_again_from_the_service(string outputType)
    {
        SpeechRow row = Hello with { OutputType = outputType };
        _service.Run([row], _folder.Path);
        byte[] before = File.ReadAllBytes(Path.Combine(_folder.Path, "hello.mp3"));
        Empty();
        Assert.Equal("Unchanged", Assert.Single(_service.Run([row], _folder.Path).Spoken()).Status);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder.Path, "hello.mp3")));
        Assert.Equal((1, 1, 0), (_service.Record.ChargedTasks, _service.Sent("getResponse").Length, _service.Record.Downloads));
    }

    [Theory]
    [InlineData(null, "base64Data")]
    [InlineData("base64Data", "base64Data")]
    [InlineData("base64Data", null)]
    public void Without_a_file_the_bytes_or_the_url_come_again(string? first, string? second)
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        TtsSpeech paid = Assert.Single(Batches.Run(_service.Provider(), [Hello with { OutputType = first }], null, Service.Quick, ledger).Spoken());
        TtsSpeech again = Assert.Single(Batches.Run(_service.Provider(), [Hello with { OutputType = second }], null, Service.Quick, ledger).Spoken());
        Assert.Equal(("Unchanged", 0m, paid.TaskUUID, paid.AudioUUID), (again.Status, again.Cost, again.TaskUUID, again.AudioUUID));
        Assert.True(again.AudioData is { Length: > 0 } || second is null && again.AudioUrl is not null);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    // Takes all audio away, and leaves the ledger.
    private string[] Empty()
    {
        string[] files = _folder.Files;
        foreach (string file in files)
            File.Delete(Path.Combine(_folder.Path, file));
        return files;
    }
}
