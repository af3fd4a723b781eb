using System.Buffers.Binary;
using RunwareTts.Audio;
using RunwareTts.Levels;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Levels;

/// <summary>Speech that runs on to the cap: what is complete and silent after it, and what is not.</summary>
public sealed class SilentTailTests
{
    private const int Rate = 8000;

    // At its usual pace about five seconds.
    private const string Text = "Please stand back from the platform edge, and let others leave the train first.";

    // Seconds of speech, of near-silence, and of speech again; the text; the doubt; where the silence begins.
    [Theory]
    [InlineData(5, 15, 0, Text, "SilentTail", 5.0)]
    [InlineData(5.05, 3.1, 0, Text, "SilentTail", 5.05)]
    [InlineData(5, 2.5, 0, Text, "Truncated", null)]
    [InlineData(5, 10, 5, Text, "Truncated", null)]
    [InlineData(20, 0, 0, Text, "Truncated", null)]
    // Too short, and too long, for the text.
    [InlineData(0.5, 19.5, 0, Text, "Truncated", 0.5)]
    [InlineData(60, 15, 0, Text, "Truncated", 60.0)]
    [InlineData(1, 19, 0, "Yes.", "SilentTail", 1.0)]
    // Nothing is said at all.
    [InlineData(0, 20, 0, "Yes.", "Truncated", null)]
    public async Task A_tail_is_silent_if_the_text_was_spoken_before_it(
        double speech, double silence, double more, string text, string doubt, double? from)
    {
        byte[] wav = Make(speech, silence, more);
        TtsSpeech heard = await HearAsync(wav, text);
        Assert.Equal((doubt, from), (heard.Suspect, heard.SilentFrom?.TotalSeconds));
    }

    [ToolTheory("ffmpeg")]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("ogg")]
    public async Task It_is_found_in_any_format(string format)
    {
        using TempFolder folder = new();
        string source = Path.Combine(folder.Path, "a.wav");
        string target = Path.Combine(folder.Path, "a." + format);
        File.WriteAllBytes(source, Make(5, 15, 0));
        AudioTool.Run("ffmpeg", "-v", "error", "-i", source, target);
        TtsSpeech heard = await HearAsync(File.ReadAllBytes(target), Text);
        Assert.Equal("SilentTail", heard.Suspect);
        Assert.InRange(heard.SilentFrom!.Value.TotalSeconds, 4.9, 5.2);
        Assert.Contains("first 5.", SpeechLength.Explain(heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("SilentTail", false)]
    [InlineData("Truncated", true)]
    [InlineData("TooLong", true)]
    [InlineData("TooShort", true)]
    public void A_silent_tail_is_not_generated_again(string? doubt, bool isRetried) =>
        Assert.Equal(isRetried, SpeechLength.IsRetried(doubt));

    // What the server says counts; the length only where it says nothing. 128 tokens are 10.24 s.
    [Theory]
    [InlineData(true, 5, "Truncated")]
    [InlineData(null, 5, null)]
    [InlineData(null, 10.2, "Truncated")]
    [InlineData(false, 10.24, null)]
    [InlineData(false, 60, "TooLong")]
    [InlineData(false, 0.2, "TooShort")]
    public void The_word_of_the_server_counts_more_than_the_length(bool? isCut, double seconds, string? doubt) =>
        Assert.Equal(doubt, SpeechLength.FindDoubt(Speech(seconds, Text, isCut)));

    [Fact]
    public void A_joined_file_has_the_silent_tail_of_a_part_only_if_nothing_is_worse()
    {
        Assert.Equal("SilentTail", SpeechLength.Worst([null, "SilentTail"]));
        Assert.Equal("TooShort", SpeechLength.Worst(["SilentTail", "TooShort"]));
        Assert.Equal("Truncated", SpeechLength.Worst(["SilentTail", "TooShort", "Truncated"]));
    }

    private static async Task<TtsSpeech> HearAsync(byte[] bytes, string text)
    {
        using MemoryStream stream = new(bytes);
        TtsAudioInfo audio = AudioInfoReader.Read(stream);
        TtsSpeech speech = Speech(audio.Duration.TotalSeconds, text, isCut: true) with { Audio = audio };
        speech = speech with { SilentFrom = await SilentTail.FindAsync(stream, audio, CancellationToken.None) };
        return speech with { Suspect = SpeechLength.FindDoubt(speech) };
    }

    private static TtsSpeech Speech(double seconds, string text, bool? isCut) => new()
    {
        Provider = TtsSpeech.SelfHosted,
        Text = text,
        Language = "English",
        MaxNewTokens = 128,
        IsCut = isCut,
        Audio = new TtsAudioInfo("WAV", "PCM", TimeSpan.FromSeconds(seconds), Rate, 1, null, 128),
    };

    // The silence is that of 40 dB below the speech, or nothing at all where there is none.
    private static byte[] Make(double speech, double silence, double more)
    {
        int[] counts = [(int)(speech * Rate), (int)(silence * Rate), (int)(more * Rate)];
        byte[] pcm = new byte[counts.Sum() * 2];
        for (int at = 0; at < pcm.Length / 2; at++)
        {
            bool isSilent = at >= counts[0] && at < counts[0] + counts[1];
            double level = isSilent ? speech > 0 ? 80 : 0 : 8000;
            BinaryPrimitives.WriteInt16LittleEndian(
                pcm.AsSpan(at * 2), (short)(level * Math.Sin(2 * Math.PI * 400 * at / Rate)));
        }

        return TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(Rate, 1)), TestSignal.Chunk("data", pcm));
    }
}
