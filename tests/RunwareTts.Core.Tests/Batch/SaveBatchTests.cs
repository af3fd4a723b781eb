using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Results that were not saved become files, each under its own name, and a bad one is its own error.</summary>
public sealed class SaveBatchTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Service _service = null!;
    private TtsSpeech _url = null!;
    private TtsSpeech _data = null!;

    public async Task InitializeAsync()
    {
        _service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        SpeechRow row = new() { Id = "u", Text = "Hello", Voice = "ryan", Language = "en", OutputFormat = "WAV" };
        _url = Assert.Single(_service.Run([row]).Spoken());
        _data = Assert.Single(_service.Run([row with { Id = "b", Text = "Bytes", OutputType = "base64Data" }]).Spoken());
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, "u.wav")]
    [InlineData("{Id}-{Voice}", "u-ryan.wav")]
    [InlineData("{Model}/{Language}/{Id}.wav", "CustomVoice/English/u.wav")]
    [InlineData("take-{Index}", "take-0001.wav")]
    public void A_file_is_named_by_what_the_result_says(string? path, string expected)
    {
        TtsSpeech saved = Assert.Single(Save((_url, path)).Spoken());
        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.Path, expected)), saved.Path);
        Assert.Equal(new FileInfo(saved.Path!).Length, saved.Size);
    }

    [Fact]
    public void Bytes_are_saved_as_they_are_and_carried_no_more()
    {
        TtsSpeech saved = Assert.Single(Save((_data, null)).Spoken());
        Assert.Equal(_data.AudioData, File.ReadAllBytes(saved.Path!));
        Assert.Null(saved.AudioData);
    }

    [Theory]
    [InlineData("x.mp3", "InvalidRequest.OutputFormat")]
    [InlineData("{Nonsense}.wav", "InvalidRequest.OutputPath")]
    [InlineData("../out.wav", "OutputOutsideDirectory")]
    [InlineData("sub/../../out.wav", "OutputOutsideDirectory")]
    [InlineData("/tmp/out.wav", "OutputOutsideDirectory")]
    [InlineData("C:\\out.wav", "OutputOutsideDirectory")]
    [InlineData("~/out.wav", "OutputOutsideDirectory")]
    [InlineData("env:out.wav", "OutputOutsideDirectory")]
    public void A_name_that_cannot_be_is_refused_and_the_others_go_on(string path, string id)
    {
        List<BatchEvent> events = Save((_url, path), (_data, null));
        Assert.Equal(id, Assert.Single(events.Errors()).ErrorId);
        Assert.Equal("b", Assert.Single(events.Spoken()).Id);
        Assert.Equal(["b.wav"], _folder.Files);
    }

    public static TheoryData<string> Wrong =>
        ["not a url", "a file URL", "nothing to save", "an unknown format", "no audio", "no bytes", "another format"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_result_that_cannot_be_saved_is_its_own_error(string what)
    {
        (TtsSpeech wrong, string id) = what switch
        {
            "not a url" => (new TtsSpeech { AudioUrl = "not a url" }, "InvalidRequest.AudioUrl"),
            "a file URL" => (new TtsSpeech { AudioUrl = "file:///etc/hostname" }, "InvalidRequest.AudioUrl"),
            "nothing to save" => (new TtsSpeech { Text = "x" }, "InvalidRequest.AudioUrl"),
            "an unknown format" => (_data with { OutputFormat = "AAC" }, "InvalidRequest.OutputFormat"),
            "no audio" => (new TtsSpeech { AudioData = [1, 2, 3, 4, 5, 6, 7, 8] }, "AudioInvalid"),
            "no bytes" => (new TtsSpeech { AudioData = [] }, "AudioInvalid"),
            _ => (_data with { Id = "x", OutputFormat = "FLAC" }, "AudioInvalid"),
        };
        List<BatchEvent> events = Save((wrong, null), (_data, null));
        Assert.Equal(id, Assert.Single(events.Errors()).ErrorId);
        Assert.Equal("b", Assert.Single(events.Spoken()).Id);
        Assert.Equal(["b.wav"], _folder.Files);
    }

    [Theory]
    [InlineData("SelfHosted")]
    [InlineData("Offline")]
    public void A_result_that_its_provider_does_not_keep_is_not_to_be_waited_for(string provider)
    {
        TtsSpeech lost = new() { TaskUUID = Guid.NewGuid(), Provider = provider };
        TtsException error = Assert.Single(Save((lost, null)).Errors());
        Assert.Equal("InvalidRequest.AudioUrl", error.ErrorId);
        Assert.Contains($"{provider} keeps no results", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Wait-TtsTask", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_someone_else_is_left_alone_until_it_is_forced()
    {
        string path = Path.Combine(_folder.Path, "u.wav");
        File.WriteAllText(path, "mine");
        Assert.Equal("OutputExists", Assert.Single(Save((_url, null)).Errors()).ErrorId);
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Single(Save(force: true, (_url, null)).Spoken());
    }

    [Fact]
    public void The_second_of_two_results_with_one_file_is_refused()
    {
        List<BatchEvent> events = Save((_url, "one.wav"), (_data, "one.wav"));
        Assert.Equal("OutputPathTaken", Assert.Single(events.Errors()).ErrorId);
        Assert.Single(events.Spoken());
    }

    [Fact]
    public void Several_results_of_a_task_are_numbered()
    {
        SpeechRow row = new() { Id = "take", Text = "Several", NumberResults = "3", OutputFormat = "WAV" };
        TtsSpeech[] several = _service.Run([row]).Spoken();
        Assert.Equal(["take.wav", "take-2.wav", "take-3.wav"], Names(Save([.. several.Select(s => (s, (string?)null))])));
        Assert.Equal(
            ["take-0001.wav", "take-0002.wav", "take-0003.wav"],
            Names(Save([.. several.Select(s => (s, (string?)"{Id}-{Index}"))])));
    }

    private static string[] Names(List<BatchEvent> events) => [.. events.Spoken().Select(s => Path.GetFileName(s.Path)!)];

    private List<BatchEvent> Save(params (TtsSpeech Speech, string? Path)[] results) => Save(force: false, results);

    private List<BatchEvent> Save(bool force, params (TtsSpeech Speech, string? Path)[] results)
    {
        OutputPlanner files = new(_folder.Path, force, Path.GetFullPath);
        using SaveBatch batch = new(_service.Endpoint);
        foreach ((TtsSpeech speech, string? path) in results)
            batch.Add(speech, path, files, null);
        return [.. batch.Take(all: true, CancellationToken.None)];
    }
}
