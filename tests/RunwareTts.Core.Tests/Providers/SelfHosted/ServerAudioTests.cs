using RunwareTts.Audio;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Providers.Offline;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>What no server encodes is encoded here, in a temp folder of its own.</summary>
[Collection(ToolFolder.Alone)]
public sealed class ServerAudioTests : IDisposable
{
    private static readonly string[] TempNames = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];
    private static readonly byte[] Wav = TestSignal.MakeWav(24000, 1, 24000);

    private readonly string?[] _before = [.. TempNames.Select(Environment.GetEnvironmentVariable)];
    private readonly TempFolder _temp = new();

    public ServerAudioTests() => SetTemp([.. TempNames.Select(_ => _temp.Path)]);

    public void Dispose()
    {
        SetTemp(_before);
        _temp.Dispose();
    }

    [Theory]
    [InlineData("WAV", null, null, null, "wav")]
    [InlineData("MP3", null, null, null, "mp3")]
    [InlineData("FLAC", null, null, null, "flac")]
    [InlineData("OGG", null, null, null, "wav")]
    [InlineData("MP3", "96", null, null, "wav")]
    [InlineData("MP3", null, "24000", null, "wav")]
    [InlineData("MP3", null, null, "1", "wav")]
    public void Wav_is_asked_for_where_no_server_encodes_as_asked(
        string format, string? bitrate, string? rate, string? channels, string asked) =>
        Assert.Equal(asked, ServerAudio.FormatFor(Request(format, bitrate, rate, channels)));

    [ToolTheory("ffmpeg")]
    [InlineData("MP3", null, null, null, "24000 Hz, 2 ch, 128")]
    [InlineData("MP3", "96", "44100", "2", "44100 Hz, 2 ch, 96")]
    [InlineData("MP3", null, null, "1", "24000 Hz, 1 ch, 128")]
    [InlineData("OGG", null, null, null, "24000 Hz, 2 ch, 128")]
    [InlineData("OGG", "64", "48000", "1", "48000 Hz, 1 ch, 64")]
    [InlineData("FLAC", null, null, null, "24000 Hz, 1 ch, ")]
    public async Task Wav_becomes_what_was_asked_for(
        string format, string? bitrate, string? rate, string? channels, string made)
    {
        TtsAudioInfo info = Read(await MakeAsync(Wav, Request(format, bitrate, rate, channels)));
        Assert.Equal((format, made), (info.Format, $"{info.SampleRate} Hz, {info.Channels} ch, {info.Bitrate}"));
        Assert.InRange(info.Duration.TotalSeconds, 0.95, 1.1);
        Assert.Empty(info.Faults);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Path));
    }

    [ToolTheory("ffmpeg")]
    [InlineData("WAV")]
    [InlineData("OGG")]
    public async Task Another_format_than_the_one_asked_for_is_encoded_too(string format)
    {
        byte[] mp3 = await MakeAsync(Wav, Request("MP3"));
        Assert.Equal(format, Read(await MakeAsync(mp3, Request(format))).Format);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Path));
    }

    [Fact]
    public async Task What_is_right_already_or_no_audio_stays_as_it_is()
    {
        Assert.Same(Wav, await MakeAsync(Wav, Request("WAV")));
        byte[] page = "<html>"u8.ToArray();
        Assert.Same(page, await MakeAsync(page, Request("OGG")));
        byte[] nothing = [];
        Assert.Same(nothing, await MakeAsync(nothing, Request("MP3")));
    }

    [ShellFact]
    public async Task An_encoder_that_fails_leaves_nothing()
    {
        using ToolFolder tools = new();
        tools.Add("ffmpeg", "echo 'no libvorbis' >&2; exit 1");
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => MakeAsync(Wav, Request("OGG")));
        Assert.Contains("no libvorbis", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_temp.Path), entry => entry != tools.Path);
    }

    [ShellFact]
    public async Task Cancelled_while_it_encodes_it_stops_at_once_and_leaves_nothing()
    {
        using ToolFolder tools = new();
        string begun = Path.Combine(tools.Path, "begun");
        tools.Add("ffmpeg", $"echo > '{begun}'; exec sleep 600");
        using CancellationTokenSource stop = new();
        Task<byte[]> making = ServerAudio.EnsureFormatAsync(Wav, Request("OGG"), stop.Token);
        while (!File.Exists(begun) && !making.IsCompleted)
            await Task.Delay(10);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making.WaitAsync(Listening.Patience));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_temp.Path), entry => entry != tools.Path);
    }

    private static void SetTemp(string?[] folders)
    {
        for (int n = 0; n < TempNames.Length; n++)
            Environment.SetEnvironmentVariable(TempNames[n], folders[n]);
    }

    private static SpeechRequest Request(
        string format, string? bitrate = null, string? rate = null, string? channels = null) =>
        OwnServer.Read(new SpeechRow
        {
            Text = "Hello",
            Voice = "ryan",
            OutputFormat = format,
            Bitrate = bitrate,
            SampleRate = rate,
            Channels = channels,
        });

    private static Task<byte[]> MakeAsync(byte[] bytes, SpeechRequest request) =>
        ServerAudio.EnsureFormatAsync(bytes, request, CancellationToken.None);

    private static TtsAudioInfo Read(byte[] bytes) => AudioInfoReader.Read(new MemoryStream(bytes));
}
