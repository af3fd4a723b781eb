using System.Security.Cryptography;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Batch;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class ClipReaderTests : IDisposable
{
    private const string Media = "2F1C0F52-9A5B-4B1C-8C43-1C2D3E4F5A6B";

    // About as long as three seconds of speech.
    private const string Line = "Good evening, and welcome to the harbour.";

    private readonly TempFolder _folder = new();
    private readonly ClipReader _reader;

    public ClipReaderTests() => _reader = new ClipReader(path => Path.Combine(_folder.Path, path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_known_by_its_content()
    {
        byte[] wav = Clips.Loud(4);
        ClipReading one = Read(_folder.Write("a.wav", wav));
        ClipReading two = Read(Path.GetFileName(_folder.Write("b.mp3", wav)));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(wav)).ToLowerInvariant(), one.Clip.Identity);
        Assert.Equal(one.Clip.Identity, two.Clip.Identity);
        Assert.Equal(Path.Combine(_folder.Path, "b.mp3"), two.Clip.Path);
        Assert.Empty(one.Warnings);
    }

    [Fact]
    public void A_UUID_and_a_URL_are_sent_as_they_are()
    {
        ReferenceClip media = Read(Media).Clip;
        Assert.Equal((Media.ToLowerInvariant(), Media.ToLowerInvariant(), null), (media.Address, media.Identity, media.Path));
        ReferenceClip url = Read("HTTPS://cdn.example.org/a.wav?sig=5ecr3t").Clip;
        Assert.Equal("HTTPS://cdn.example.org/a.wav?sig=5ecr3t", url.Address);
        Assert.Equal("https://cdn.example.org/a.wav", url.Identity);
    }

    [Theory]
    [InlineData("ftp://example.org/a.wav", "not an http or https URL")]
    [InlineData("s3://bucket/a.wav?sig=5ecr3t", "not an http or https URL")]
    [InlineData("data:audio/wav;base64,AAAA", "Give the path of a clip")]
    [InlineData("https://", "not an http or https URL")]
    [InlineData("https://cdn.example.org/a.wav?****", "URL without its query.*Give the whole URL again")]
    public void Another_address_is_refused_and_no_secret_is_shown(string given, string says)
    {
        TtsException error = Refused(given);
        Assert.Matches(says, error.Message);
        Assert.DoesNotContain("5ecr3t", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short.wav", "'short.wav' is 0.5 s long; allowed are 1 to 60 s.*Give a clip of 3 to 30 s")]
    [InlineData("long.wav", "is 61 s long")]
    [InlineData("silent.wav", "is silent")]
    [InlineData("cut.wav", "is cut off after 2.\\d+ s")]
    [InlineData("empty.wav", "is empty")]
    [InlineData("text.wav", "cannot be read as audio. It is text")]
    [InlineData("large.wav", "has 10000001 bytes, and 10000000 are allowed")]
    public void A_clip_that_cannot_be_cloned_is_refused(string name, string says)
    {
        _folder.Write(name, name switch
        {
            "short.wav" => Clips.Loud(0.5),
            "long.wav" => Clips.Loud(61),
            "silent.wav" => Wavs.Silence(5),
            "cut.wav" => Clips.Loud(4)[..40_000],
            "text.wav" => "not audio at all"u8.ToArray(),
            "large.wav" => new byte[10_000_001],
            _ => [],
        });
        Assert.Matches(says, Refused(name).Message);
        Assert.Equal("InvalidRequest.Path", Assert.Throws<TtsException>(() => new ClipReader(p => Path.Combine(_folder.Path, p), "Path").Read(name, null, null)).ErrorId);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Contains($"'gone.wav' does not exist: there is no file {Path.Combine(_folder.Path, "gone.wav")}", Refused("gone.wav").Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "folder.wav"));
        Assert.Contains("is a folder", Refused("folder.wav").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        AudioTool.Run("mkfifo", Path.Combine(_folder.Path, "pipe.wav"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.wav"), Path.Combine(_folder.Path, "pipe.wav"));
        Assert.Contains("not a regular file", Refused("pipe.wav").Message, StringComparison.Ordinal);
        Assert.Contains("not a regular file", Refused("link.wav").Message, StringComparison.Ordinal);
    }

    /// <summary>A click is no speech, and a quiet voice is.</summary>
    [Theory]
    [InlineData(3000, 400, true)]
    [InlineData(60, 32_000, true)]
    [InlineData(300, 32_000, false)]
    public void A_clip_is_silent_without_a_third_of_a_second_of_sound(short amplitude, int samples, bool isSilent)
    {
        short[] wave = new short[40_000];
        for (int i = 8000; i < 8000 + samples; i++)
            wave[i] = (short)(i % 2 == 0 ? amplitude : -amplitude);
        byte[] pcm = new byte[wave.Length * 2];
        Buffer.BlockCopy(wave, 0, pcm, 0, pcm.Length);
        string path = _folder.Write("x.wav", TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(8000, 1)), TestSignal.Chunk("data", pcm)));
        Assert.Equal(isSilent, Record.Exception(() => Read(path)) is TtsException);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("flac", "flac")]
    [InlineData("ogg", "libvorbis")]
    [InlineData("wav", "pcm_f32le")]
    [InlineData("wav", "pcm_s24le")]
    public void Clips_of_every_format_are_listened_to(string extension, string codec)
    {
        string loud = Encode(_folder.Write("loud-source.wav", Clips.Loud(4)), "loud." + extension, codec);
        string silent = Encode(_folder.Write("silent-source.wav", Wavs.Silence(4)), "silent." + extension, codec);
        Assert.NotEmpty(Read(loud).Clip.Identity);
        Assert.Contains("is silent", Refused(silent).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, null, null, "is 2 s long. The voice is most similar with clips of 3 to 30 s")]
    [InlineData(40, null, null, "is 40 s long")]
    [InlineData(25, Line, null, "too long for its Transcript of 41 characters")]
    [InlineData(3, Line + Line + Line + Line + Line, "English", "too short for its Transcript")]
    [InlineData(8, "\u665a\u4e0a\u597d\uff0c\u6b22\u8fce\u60a8\u7684\u5230\u6765\u3002\u90a3\u5929\u591c\u91cc\uff0c\u8001\u6e2f\u53e3\u5341\u5206\u5b89\u9759\uff0c\u53ea\u6709\u6c34\u8fb9\u7684\u706f\u5149\u8f7b\u8f7b\u6447\u52a8\u3002", null, null)]
    [InlineData(4, Line, null, null)]
    [InlineData(20, null, null, null)]
    public void What_may_be_wrong_is_a_warning(int seconds, string? transcript, string? language, string? says)
    {
        string[] warnings = [.. _reader.Read(_folder.Write("x.wav", Clips.Loud(seconds)), transcript, language).Warnings];
        if (says is null)
            Assert.Empty(warnings);
        else
            Assert.Contains(says, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_once_until_it_changes()
    {
        string path = _folder.Write("a.wav", Clips.Loud(4));
        DateTime written = File.GetLastWriteTimeUtc(path);
        string first = Read(path).Clip.Identity;
        byte[] other = Clips.Loud(4);
        other[^1] ^= 1;
        File.WriteAllBytes(path, other);
        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal(first, Read(path).Clip.Identity);
        File.SetLastWriteTimeUtc(path, written.AddSeconds(1));
        Assert.NotEqual(first, Read(path).Clip.Identity);
    }

    [Fact]
    public void The_clip_of_a_kept_voice_is_checked_alike()
    {
        string good = _folder.Write("anna.wav", Clips.Loud(2));
        Assert.Empty(_reader.Read(Clips.Voice("anna", good)).Warnings);
        Assert.Equal(Read(good).Clip, _reader.Read(Clips.Voice("anna", good)).Clip);
        File.WriteAllBytes(good, Clips.Loud(0.2));
        TtsException error = Assert.Throws<TtsException>(() => _reader.Read(Clips.Voice("anna", good)));
        Assert.Equal("VoiceInvalid", error.ErrorId);
        Assert.Contains("anna.ttsvoice.json cannot be used. Its clip anna.wav is 0.2 s long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clip_of_a_kept_voice_may_not_change_under_its_transcript()
    {
        string path = _folder.Write("anna.wav", Clips.Loud(2));
        TtsVoice voice = Clips.Voice("anna", path);
        _reader.Read(voice);
        File.WriteAllBytes(path, Clips.Loud(3));
        TtsException error = Assert.Throws<TtsException>(() => _reader.Read(voice));
        Assert.Equal("VoiceInvalid", error.ErrorId);
        Assert.Contains("has changed", error.Message, StringComparison.Ordinal);
        Assert.Equal(Read(path).Clip, _reader.Read(voice with { Transcript = "another" }).Clip);
    }

    private ClipReading Read(string given) => _reader.Read(given, null, null);

    private TtsException Refused(string given)
    {
        TtsException error = Assert.Throws<TtsException>(() => Read(given));
        Assert.Equal("InvalidRequest.ReferenceAudio", error.ErrorId);
        return error;
    }

    private string Encode(string source, string name, string codec)
    {
        string target = Path.Combine(_folder.Path, name);
        AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", source, "-c:a", codec, target);
        return target;
    }
}
