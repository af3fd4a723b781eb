using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A row's way through the service and home, against the emulator.</summary>
public sealed class DeliveryTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };

    [Theory]
    [InlineData(null, "MP3")]
    [InlineData("URL", "WAV")]
    [InlineData("base64Data", "OGG")]
    [InlineData("dataURI", "FLAC")]
    public void A_row_becomes_a_file_and_an_object(string? outputType, string format)
    {
        TtsSpeech speech = Assert.Single(_service.Run([Hello with { OutputType = outputType, OutputFormat = format, Speed = "1.1", Language = "en" }], _folder.Path).Spoken());
        Assert.Equal(Path.Combine(_folder.Path, "hello" + Path.GetExtension(speech.Path)), speech.Path);
        Assert.Equal(new FileInfo(speech.Path!).Length, speech.Size);
        Assert.Equal(format, speech.Audio!.Format);
        Assert.True(speech.Duration > TimeSpan.FromSeconds(0.3));
        Assert.Equal(0.0002m, speech.Cost);
        Assert.Equal(("Runware", "Completed", 1), (speech.Provider, speech.Status, speech.Attempts));
        Assert.Equal(("ryan", "English", "1.1", "CustomVoice"), (speech.Voice, speech.Language, speech.Speed, speech.Model));
        Assert.Null(speech.AudioData);
        Assert.Equal([Path.GetFileName(speech.Path)!], _folder.Files);
    }

    [Fact]
    public void Both_models_go_through_one_batch_in_order()
    {
        SpeechRow[] rows =
        [
            new() { Text = "One, a rather longer text than the others, so that it ends last.", VoiceDescription = "A warm old man" },
            new() { Text = "Two", Voice = "vivian", Language = "zh" },
            new() { Text = "" },
            new() { Text = "Four", Style = "calm" },
        ];
        List<BatchEvent> events = [.. _service.Run(rows).Where(e => e is BatchEvent.SpeechMade or BatchEvent.RowFailed)];
        Assert.Equal(["design", "vivian", "InvalidRequest.Text", "auto"], events.Select(e => e is BatchEvent.SpeechMade s ? s.Speech.Voice : ((BatchEvent.RowFailed)e).Error.ErrorId));
        Assert.Same(rows[2], events.OfType<BatchEvent.RowFailed>().Single().Source);
        Assert.Equal(3, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Without_a_place_to_save_the_result_carries_the_url_or_the_bytes()
    {
        TtsSpeech[] speeches = _service.Run([Hello, Hello with { OutputType = "base64Data" }]).Spoken();
        Assert.StartsWith(_service.Endpoint.GetLeftPart(UriPartial.Authority), speeches[0].AudioUrl, StringComparison.Ordinal);
        Assert.Null(speeches[0].Path);
        Assert.NotEmpty(speeches[1].AudioData!);
        Assert.Equal("MP3", speeches[1].Audio!.Format);
    }

    [Fact]
    public void Several_results_are_several_files()
    {
        TtsSpeech[] speeches = _service.Run([Hello with { NumberResults = "3", OutputFormat = "WAV" }], _folder.Path).Spoken();
        Assert.Equal(["hello-1.wav", "hello-2.wav", "hello-3.wav"], _folder.Files);
        Assert.Equal(3, speeches.Select(s => s.AudioUUID).Distinct().Count());
        Assert.Single(speeches.Select(s => s.TaskUUID).Distinct());
        Assert.Equal(3, _folder.Files.Select(f => Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder.Path, f)))).Distinct().Count());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("base64Data", 1)]
    [InlineData(null, 3)]
    public void A_task_of_yesterday_is_waited_for_and_saved(string? outputType, int results)
    {
        TtsTask[] tasks = [.. _service
            .Run([Hello with { OutputType = outputType, NumberResults = results.ToString(System.Globalization.CultureInfo.InvariantCulture) }], _folder.Path, Service.Quick with { Wait = false })
            .OfType<BatchEvent.TaskSubmitted>().Select(e => e.Task)];
        TtsTask task = Assert.Single(tasks);
        Assert.Equal(("hello.mp3", _folder.Path), (task.OutputPath, task.OutputDirectory));
        Assert.Empty(_folder.Files);

        TtsSpeech[] speeches = Waits.Run(_service.Provider(), [Waits.RowOf(task)], _folder.Path).Spoken();
        Assert.Equal(results, speeches.Length);
        Assert.All(speeches, s => Assert.Equal((task.TaskUUID, "ryan", "MP3"), (s.TaskUUID!.Value, s.Voice, s.Audio!.Format)));
        Assert.Equal(results == 1 ? ["hello.mp3"] : ["hello-1.mp3", "hello-2.mp3", "hello-3.mp3"], _folder.Files);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void An_id_alone_finds_its_format_and_name()
    {
        TtsTask task = _service.Run([Hello with { OutputFormat = "OGG" }], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        TtsSpeech speech = Assert.Single(Waits.Run(_service.Provider(), [new TaskRow { TaskUUID = task.TaskUUID.ToString() }], _folder.Path).Spoken());
        Assert.Equal([$"{task.TaskUUID}.ogg"], _folder.Files);
        Assert.Equal("OGG", speech.Audio!.Format);
    }

    [Fact]
    public void The_key_goes_to_the_endpoint_and_not_to_the_audio()
    {
        _service.Run([Hello], _folder.Path);
        IReadOnlyDictionary<string, string> headers = Assert.Single(_service.Record.DownloadHeaders);
        Assert.DoesNotContain(headers, h => h.Key == "Authorization" || h.Value.Contains(new EmulatorOptions().ApiKey, StringComparison.Ordinal));
    }
}
