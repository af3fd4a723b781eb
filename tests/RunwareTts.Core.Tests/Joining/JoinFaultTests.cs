using System.Diagnostics;
using RunwareTts.Joining;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Joining;

/// <summary>A join that cannot be whole leaves nothing behind.</summary>
public sealed class JoinFaultTests : IDisposable
{
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [Fact]
    public async Task A_part_whose_samples_stand_in_two_chunks_is_refused()
    {
        JoinPart[] parts = _kitchen.Bake("wav", 24000, 1, 2);
        byte[] wav = File.ReadAllBytes(parts[1].Path);
        byte[] twice = [.. wav[..1044], .. TestSignal.Chunk("data", wav[1044..])];
        TestSignal.UInt32(1000).CopyTo(twice, 40);
        TestSignal.UInt32((uint)twice.Length - 8).CopyTo(twice, 4);
        File.WriteAllBytes(parts[1].Path, twice);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.wav"]), parts));
        Assert.Equal("AudioInvalid", error.ErrorId);
        Assert.Contains("several chunks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_a_part_that_is_missing() => await FailsAsync("FileNotFound", "nowhere.wav", [new JoinPart(_kitchen["nowhere.wav"])]);

    [Fact]
    public async Task Is_a_part_that_is_cut()
    {
        JoinPart[] parts = _kitchen.Bake("wav", 24000, 1, 2);
        File.WriteAllBytes(parts[1].Path, File.ReadAllBytes(parts[1].Path)[..^1000]);
        await FailsAsync("AudioInvalid", "part-1.wav", parts);
    }

    [Fact]
    public async Task Is_a_part_that_is_no_audio()
    {
        File.WriteAllText(_kitchen["page.wav"], "<html>");
        await FailsAsync("AudioInvalid", "page.wav", [new JoinPart(_kitchen["page.wav"])]);
    }

    [Fact]
    public async Task Is_a_part_of_another_rate() =>
        await FailsAsync("InvalidRequest.InputObject", "22050 Hz mono", [_kitchen.Bake("wav", 24000, 1, 1)[0], new JoinPart(Other())]);

    [Theory]
    [InlineData("boo\u001B[2Jk.mp3", "U+001B")]
    [InlineData("book\u202E3pm.mp3", "U+202E")]
    public void A_name_that_hides_what_it_is_is_no_target(string name, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => new SpeechJoin(new JoinOptions(_kitchen[name])));
        Assert.Equal("InvalidRequest.OutputPath", error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_nothing_at_all() => await FailsAsync("InvalidRequest.InputObject", "New-TtsSpeech", []);

    [Fact]
    public async Task Is_a_text_that_is_missing_for_subtitles() =>
        await FailsAsync("InvalidRequest.Subtitle", "part-0.wav", [_kitchen.Bake("wav", 24000, 1, 1)[0] with { Text = " " }], o => o with { Subtitle = "srt" });

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(4000)]
    public async Task Is_a_gap_of_no_length(double gap) => await FailsAsync("InvalidRequest.Gap", "0 to 3600", [], o => o with { Gap = gap });

    [Fact]
    public async Task Is_an_extension_of_no_format() => await FailsAsync("InvalidRequest.OutputPath", ".flac", [], _ => new JoinOptions(_kitchen["book.m4a"]));

    [Fact]
    public async Task Is_a_chapter_in_a_wav_file() => await FailsAsync("NotSupported.Chapter", "MP3", [], o => o with { Chapters = true });

    [Fact]
    public async Task Is_a_file_that_is_there_until_it_is_forced()
    {
        JoinPart[] parts = _kitchen.Bake("wav", 24000, 1, 2);
        JoinOptions options = new(_kitchen["book.wav"]) { Subtitle = "vtt" };
        File.WriteAllText(_kitchen["book.vtt"], "mine");
        TtsException refusal = await Assert.ThrowsAsync<TtsException>(() => JoinKitchen.JoinAsync(options, parts));
        Assert.Equal("OutputExists", refusal.ErrorId);
        Assert.Equal("mine", File.ReadAllText(_kitchen["book.vtt"]));
        await JoinKitchen.JoinAsync(options with { Force = true }, parts);
        Assert.StartsWith("WEBVTT", File.ReadAllText(_kitchen["book.vtt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_an_output_that_is_a_part()
    {
        JoinPart part = _kitchen.Bake("wav", 24000, 1, 1)[0];
        byte[] before = File.ReadAllBytes(part.Path);
        TtsException refusal = await Assert.ThrowsAsync<TtsException>(() => JoinKitchen.JoinAsync(new JoinOptions(part.Path) { Force = true }, [part]));
        Assert.Equal("InvalidRequest.OutputPath", refusal.ErrorId);
        Assert.Equal(before, File.ReadAllBytes(part.Path));
    }

    [ToolTheory("ffmpeg")]
    [InlineData("flac")]
    [InlineData("wav")]
    public async Task Is_Ctrl_C_in_the_middle(string format)
    {
        using CancellationTokenSource stop = new();
        Task<TtsJoinedSpeech> join = LongJoinAsync(format, stop.Token);
        await UntilBegunAsync(join);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
        Assert.False(File.Exists(_kitchen["book." + format]));
        Assert.Empty(_kitchen.Leftovers);
        Assert.Empty(Encoders());
    }

    [ToolTheory("ffmpeg")]
    [Trait("Lane", "Slow")]
    [InlineData("flac")]
    public async Task Is_an_encoder_that_is_killed(string format)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Task<TtsJoinedSpeech> join = LongJoinAsync(format, CancellationToken.None);
        await UntilBegunAsync(join);
        foreach (Process encoder in Encoders())
            encoder.Kill();
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => join);
        Assert.Equal("OfflineToolFailed", error.ErrorId);
        Assert.Contains("exit code", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_kitchen["book." + format]));
        Assert.Empty(_kitchen.Leftovers);
    }

    // Hours of silence take a while.
    private Task<TtsJoinedSpeech> LongJoinAsync(string format, CancellationToken token) =>
        Task.Run(() => JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book." + format]) { Gap = 3600 }, _kitchen.Bake("wav", 48000, 2, 6), token), CancellationToken.None);

    private async Task UntilBegunAsync(Task join)
    {
        while (_kitchen.Leftovers.All(f => new FileInfo(f).Length == 0) && !join.IsCompleted)
            await Task.Delay(5);
        Assert.False(join.IsCompleted, "It was too fast to be stopped.");
    }

    // Those that were started in this test's own folder.
    private Process[] Encoders() => !OperatingSystem.IsLinux() ? [] :
    [
        .. from process in Process.GetProcessesByName("ffmpeg")
           where new FileInfo($"/proc/{process.Id}/cwd").LinkTarget == _kitchen.Folder
           select process,
    ];

    private string Other()
    {
        string path = _kitchen["other.wav"];
        File.WriteAllBytes(path, TestSignal.MakeWav(22050, 1, 5000));
        return path;
    }

    private async Task FailsAsync(string id, string words, JoinPart[] parts, Func<JoinOptions, JoinOptions>? change = null)
    {
        JoinOptions options = new(_kitchen["book.wav"]);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => JoinKitchen.JoinAsync(change?.Invoke(options) ?? options, parts));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_kitchen["book.wav"]));
        Assert.Empty(_kitchen.Leftovers);
    }
}
