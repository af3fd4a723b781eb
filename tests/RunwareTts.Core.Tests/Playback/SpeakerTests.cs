using RunwareTts.Batch;
using RunwareTts.Playback;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Providers.Offline;

namespace RunwareTts.Tests.Playback;

/// <summary>What a sound device really gets, from real players and a real sound server.</summary>
[Collection(ToolFolder.Alone)]
public sealed class SpeakerTests : IDisposable
{
    private const string Server = "pulseaudio parec pactl ffmpeg";
    private static readonly Envelope Melody = Envelope.Of(Clips.Pcm(Clips.Melody), Clips.Rate);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolTheory(Server)]
    [InlineData("wav")]
    [InlineData("mp3")]
    public Task Its_sound_is_that_of_the_clip(string format) => PlayAsync("clip." + format, null);

    [Trait("Lane", "Slow")]
    [ToolTheory(Server + " paplay aplay ffplay mpv play")]
    [InlineData("paplay", "it's \"a\" [1] #2 %d.wav")]
    [InlineData("paplay", "clip.mp3")]
    [InlineData("paplay", "clip.ogg")]
    [InlineData("aplay", "it's \"a\" [1] #2 %d.wav")]
    [InlineData("aplay", "clip.flac")]
    [InlineData("ffplay", "it's \"a\" [1] #2 %d.wav")]
    [InlineData("ffplay", "clip.mp3")]
    [InlineData("ffplay", "clip.opus")]
    [InlineData("mpv", "it's \"a\" [1] #2 %d.wav")]
    [InlineData("mpv", "clip.ogg")]
    [InlineData("play", "it's \"a\" [1] #2 %d.wav")]
    [InlineData("play", "clip.flac")]
    [InlineData("play", "clip.mp3")]
    public Task Its_sound_is_that_of_the_clip_by_each_player(string player, string file) => PlayAsync(file, player);

    [ToolTheory(Server + " aplay")]
    [InlineData("clip.mp3")]
    public async Task It_decodes_what_no_player_can(string file)
    {
        using ToolFolder tools = new();
        foreach (string tool in new[] { "aplay", "ffmpeg" })
            File.CreateSymbolicLink(Path.Combine(tools.Path, tool), "/usr/bin/" + tool);
        using SoundServer server = new();
        string clip = Clips.Write(Path.Combine(_folder.Path, file), Clips.Melody);
        tools.HideOthers();
        await Speaker().PlayAsync(SoundClip.OfFile(clip), CancellationToken.None);
        CheckMelody(server);
    }

    [ToolTheory(Server)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_plays_bytes_too(bool isSaved)
    {
        using SoundServer server = new();
        byte[] wav = Clips.Wav(Clips.Melody);
        // A file that is gone is no reason for silence where its bytes are here.
        TtsSpeech speech = new() { AudioData = wav, Path = isSaved ? Path.Combine(_folder.Path, "gone.wav") : null };
        await Speaker().PlayAsync(SoundClip.Of(speech), CancellationToken.None);
        CheckMelody(server);
    }

    [ToolTheory(Server)]
    [InlineData("paplay")]
    [InlineData("ffplay")]
    public async Task It_is_silent_as_soon_as_it_is_stopped(string player)
    {
        using SoundServer server = new();
        using CancellationTokenSource stop = new();
        string clip = Clips.Write(Path.Combine(_folder.Path, "long.wav"), [.. Enumerable.Repeat(0.5, 600)]);
        Speaker speaker = Speaker(player);
        Task playing = speaker.PlayAsync(SoundClip.OfFile(clip), stop.Token);
        while (server.Streams == 0 || server.Heard().IsSilent)
            await Task.Delay(10);
        Assert.Equal(("long.wav", TimeSpan.FromMinutes(2)), (speaker.Now!.Name, speaker.Now.Length));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        Assert.Null(speaker.Now);
        // Of the two minutes little was heard, and nothing is played any more.
        Assert.InRange(server.Listen().Seconds, Envelope.Window, 60);
    }

    [ToolTheory(Server)]
    [InlineData("paplay")]
    public async Task A_device_that_vanishes_is_an_error(string player)
    {
        using SoundServer server = new();
        string clip = Clips.Write(Path.Combine(_folder.Path, "long.wav"), [.. Enumerable.Repeat(0.5, 600)]);
        Task playing = Speaker(player).PlayAsync(SoundClip.OfFile(clip), CancellationToken.None);
        while (server.Streams == 0)
            await Task.Delay(10);
        server.Kill();
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => playing);
        Assert.Equal("OfflineToolFailed", error.ErrorId);
    }

    [ToolTheory(Server)]
    [InlineData("wav")]
    public async Task Results_are_there_at_once_and_heard_in_their_order(string format)
    {
        using SoundServer server = new();
        using PlayQueue queue = new(Speaker(), CancellationToken.None);
        double[][] halves = [Clips.Melody[..4], Clips.Melody[4..]];
        BatchEvent[] made = [.. halves.Select((half, n) => new BatchEvent.SpeechMade(
            new TtsSpeech { Path = Clips.Write(Path.Combine(_folder.Path, $"{n}.{format}"), half) }))];
        Assert.Equal(made, queue.Hear(made));
        Assert.False(queue.Ended.IsCompleted);
        await queue.Ended;
        Assert.Empty(queue.TakeWarnings());
        double[] heard = server.Listen().Levels;
        // A pause between two clips is as long as a player takes to end and to start.
        Assert.True(Array.IndexOf(heard, heard.Max()) > heard.Length / 2, string.Join(" ", heard));
    }

    [ToolTheory("aplay")]
    [InlineData("pcm_open")]
    public async Task Without_a_device_it_says_so_once_and_names_the_players(string noise)
    {
        using SoundWorld world = SoundWorld.Empty();
        TtsException error = await FailAsync(Speaker(), Clips.Write(Path.Combine(_folder.Path, "clip.wav"), 0.5));
        Assert.Equal(("NoAudioDevice", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("aplay", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(noise, error.Message, StringComparison.Ordinal);
    }

    [ToolTheory("aplay")]
    [InlineData("null")]
    public async Task A_device_that_nobody_hears_is_one_all_the_same(string type)
    {
        string config = Path.Combine(_folder.Path, "asound.conf");
        File.WriteAllText(config, $"pcm.!default {{ type {type} }}\n");
        using SoundWorld world = new("unix:/nowhere", config);
        string clip = Clips.Write(Path.Combine(_folder.Path, "clip.wav"), 0.5);
        await Speaker("aplay").PlayAsync(SoundClip.OfFile(clip), CancellationToken.None);
    }

    [ShellFact]
    public async Task Without_a_player_it_says_what_to_install()
    {
        using ToolFolder tools = new();
        tools.HideOthers();
        TtsException error = await FailAsync(Speaker(), Clips.Write(Path.Combine(_folder.Path, "clip.wav"), 0.5));
        Assert.Equal(("PlayerMissing", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("Install one", error.Message, StringComparison.Ordinal);
        Assert.Equal("PlayerMissing", (await FailAsync(Speaker("no-such-player"), "clip.wav")).ErrorId);
        Assert.Equal("PlayerMissing", (await FailAsync(Speaker(Path.Combine(_folder.Path, "no-such-player")), "clip.wav")).ErrorId);
    }

    [ShellFact]
    public async Task Another_player_gets_the_file_as_it_is()
    {
        using ToolFolder tools = new();
        string seen = Path.Combine(_folder.Path, "seen");
        string player = tools.Add("my-player", $"echo \"$# $1\" > '{seen}'");
        string clip = Clips.Write(Path.Combine(_folder.Path, "-a [1] #2 'x'.wav"), 0.5);
        foreach (string name in new[] { "my-player", player })
        {
            await Speaker(name).PlayAsync(SoundClip.OfFile(clip), CancellationToken.None);
            Assert.Equal($"1 {clip}\n", File.ReadAllText(seen));
            File.Delete(seen);
        }

        tools.Add("bad-player", "echo no room >&2; exit 3");
        TtsException error = await FailAsync(Speaker("bad-player"), clip);
        Assert.Equal(("OfflineToolFailed", "bad-player failed: no room (exit code 3)"), (error.ErrorId, error.Message));
    }

    [ShellFact]
    public async Task What_a_player_started_is_stopped_with_it()
    {
        using ToolFolder tools = new();
        string started = Path.Combine(_folder.Path, "started");
        tools.Add("wrapper", $"sleep 600 & echo $! > '{started}'; wait");
        using CancellationTokenSource stop = new();
        Task playing = Speaker("wrapper").PlayAsync(
            SoundClip.OfFile(Clips.Write(Path.Combine(_folder.Path, "clip.wav"), 0.5)), stop.Token);
        while (!File.Exists(started) || File.ReadAllText(started).Length == 0)
            await Task.Delay(10);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        string id = File.ReadAllText(started).Trim();
        // It may be left as a zombie for a moment, where nobody asks for it.
        Assert.True(!File.Exists($"/proc/{id}/cmdline") || File.ReadAllText($"/proc/{id}/cmdline").Length == 0);
    }

    [ShellFact]
    public async Task What_is_no_clip_is_its_own_error_and_an_empty_one_is_silent()
    {
        using ToolFolder tools = new();
        tools.Add("true-player", "exit 1");
        Speaker speaker = Speaker("true-player");
        string page = Path.Combine(_folder.Path, "page.mp3");
        File.WriteAllText(page, "<!DOCTYPE html><html></html>");
        Assert.Equal("AudioInvalid", (await FailAsync(speaker, page)).ErrorId);
        Assert.Equal("FileNotFound", (await FailAsync(speaker, page + "3")).ErrorId);
        await speaker.PlayAsync(SoundClip.OfFile(Clips.Write(Path.Combine(_folder.Path, "empty.wav"))), CancellationToken.None);
        TtsSpeech bad = new() { Id = "seven", AudioData = [1, 2, 3] };
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => speaker.PlayAsync(SoundClip.Of(bad), CancellationToken.None));
        Assert.Equal("AudioInvalid", error.ErrorId);
        Assert.StartsWith("seven ", error.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidRequest.InputObject", Assert.Throws<TtsException>(() => SoundClip.Of(new TtsSpeech())).ErrorId);
        Assert.Equal("InvalidRequest.AudioUrl", Assert.Throws<TtsException>(() => SoundClip.Of(new TtsSpeech { AudioUrl = "file:///etc/passwd" })).ErrorId);
    }

    [ShellFact]
    public async Task A_player_that_fails_is_one_warning_and_no_result_is_lost()
    {
        using SoundWorld world = SoundWorld.Empty();
        using ToolFolder tools = new();
        tools.HideOthers();
        using PlayQueue queue = new(Speaker(), CancellationToken.None);
        BatchEvent[] made = [.. Enumerable.Range(0, 5).Select(_ => new BatchEvent.SpeechMade(new TtsSpeech { AudioData = Clips.Wav(0.5) }))];
        List<BatchEvent> events = [.. queue.Hear(made)];
        await queue.Ended;
        events.AddRange(queue.TakeWarnings());
        Assert.Equal(made, events.OfType<BatchEvent.SpeechMade>());
        Assert.Contains("PlayerMissing", Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
    }

    private async Task PlayAsync(string file, string? player)
    {
        using SoundServer server = new();
        string clip = Clips.Write(Path.Combine(_folder.Path, file), Clips.Melody);
        await Speaker(player).PlayAsync(SoundClip.OfFile(clip), CancellationToken.None);
        CheckMelody(server);
    }

    private static void CheckMelody(SoundServer server)
    {
        Envelope heard = server.Listen();
        Assert.InRange(heard.Seconds, Melody.Seconds - 0.15, Melody.Seconds + 0.15);
        Assert.InRange(heard.Likeness(Melody), 0.9, 1);
    }

    private static Speaker Speaker(string? player = null) => new(new ClipSource(null), player);

    private static Task<TtsException> FailAsync(Speaker speaker, string clip) =>
        Assert.ThrowsAsync<TtsException>(() => speaker.PlayAsync(SoundClip.OfFile(clip), CancellationToken.None));
}
