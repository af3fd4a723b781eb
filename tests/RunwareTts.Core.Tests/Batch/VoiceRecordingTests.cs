using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Tests.Voices;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Batch;

/// <summary>A voice is kept of whatever a result has: a file, bytes or a URL.</summary>
public sealed class VoiceRecordingTests : IDisposable
{
    private const string Line = "Good evening, and welcome to the harbour.";

    private readonly TempFolder _folder = new();
    private readonly TempFolder _source = new();

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Of_a_file_or_of_bytes()
    {
        byte[] clip = Clips.Loud(4);
        KeptRecording one = await KeepAsync(new TtsSpeech { Path = _source.Write("one.mp3", clip) }, "one");
        KeptRecording two = await KeepAsync(new TtsSpeech { AudioData = clip, Path = "/nowhere/two.wav" }, "two");
        Assert.Equal(["one.ttsvoice.json", "one.wav", "two.ttsvoice.json", "two.wav"], _folder.Files);
        Assert.All(new[] { one, two }, kept => Assert.Empty(kept.Warnings));
        Assert.Equal(clip, File.ReadAllBytes(two.Voice.Path!));
        Assert.Equal(two.Voice, new VoiceLibrary([_folder.Path]).Find("two"));
    }

    [Fact]
    public async Task Of_a_URL_which_is_not_written_down()
    {
        await using Service service = await Service.StartAsync();
        TtsSpeech spoken = Assert.Single(service.Run([new SpeechRow { Text = Line, OutputFormat = "FLAC" }]).Spoken());
        Assert.NotNull(spoken.AudioUrl);
        KeptRecording kept = await KeepAsync(spoken with { AudioUrl = spoken.AudioUrl + "?sig=5ecr3t" }, "anna", service.Endpoint);
        Assert.Equal(["anna.flac", "anna.ttsvoice.json"], _folder.Files);
        Assert.DoesNotContain("http", File.ReadAllText(VoiceEntry.Of(kept.Voice)!.File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone.wav", null, "InvalidRequest.Path", "'gone.wav' does not exist")]
    [InlineData(null, "ftp://example.org/a.wav", "InvalidRequest.AudioUrl", "not an absolute http")]
    [InlineData(null, null, "InvalidRequest.InputObject", "neither a file nor a URL nor bytes")]
    public async Task What_has_no_audio_is_refused(string? path, string? url, string id, string says)
    {
        string? full = path is null ? null : Path.Combine(_source.Path, path);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => KeepAsync(new TtsSpeech { Path = full, AudioUrl = url }, "anna"));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_download_that_is_no_clip_leaves_nothing()
    {
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => KeepAsync(new TtsSpeech { Id = "take", AudioData = Clips.Loud(0.5) }, "anna"));
        Assert.Equal("InvalidRequest.Path", error.ErrorId);
        Assert.Contains("Path 'take' is 0.5 s long", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Without_a_transcript_there_is_a_warning()
    {
        VoiceRecording recording = new(_folder.Path, null);
        TtsVoice voice = Voice("anna") with { Transcript = null };
        KeptRecording kept = await recording.KeepAsync(new TtsSpeech { AudioData = Clips.Loud(4) }, voice, false, CancellationToken.None);
        Assert.Contains("without a transcript", Assert.Single(kept.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sch\ufffdn", null, "InvalidRequest.Transcript")]
    [InlineData("a\0b", null, "InvalidRequest.Transcript")]
    [InlineData("x", "\ud800", "InvalidRequest.VoiceDescription")]
    public void Damaged_words_are_refused(string transcript, string? description, string id)
    {
        TtsVoice voice = Voice("anna") with { Transcript = transcript, Description = description };
        TtsSpeech source = new() { AudioData = Clips.Loud(4) };
        Assert.Equal(id, Assert.Throws<TtsException>(() => new VoiceRecording(_folder.Path, null).Check(source, voice, false, CancellationToken.None)).ErrorId);
    }

    private static TtsVoice Voice(string name) => new() { Name = name, Kind = TtsVoice.Kept, Model = SpeechCatalog.Base.Name, Transcript = Line };

    private Task<KeptRecording> KeepAsync(TtsSpeech source, string name, Uri? endpoint = null) =>
        new VoiceRecording(_folder.Path, endpoint).KeepAsync(source, Voice(name), false, CancellationToken.None);
}
