using System.Globalization;
using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class EncodedFileTests(AudioFiles files)
{
    // libmp3lame through ffmpeg writes its padding a little short, and decoders obey what is written.
    private const int Mp3Slack = 32;

    public static TheoryData<string> Names => [.. EncodedFile.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Facts_are_those_of_the_encoder_and_of_ffprobe(string name)
    {
        EncodedFile file = EncodedFile.Named(name);
        TtsAudioInfo info = AudioInfoReader.ReadFile(files[name]);
        Assert.Equal((file.Format, file.Codec, file.Channels), (info.Format, info.Codec, info.Channels));
        Assert.Equal(file.Codec == "Opus" ? 48000 : file.Rate, info.SampleRate);
        Assert.Empty(info.Faults);
        if (file.Codec != "Speex") Assert.Equal(file.Bitrate, info.Bitrate);

        Dictionary<string, string> probe = AudioTool.Probe(files[name]);
        Assert.Equal((Number(probe["sample_rate"]), Number(probe["channels"])), (info.SampleRate, info.Channels));
        if (file.Bitrate is not null) Assert.Equal(Number(probe["bit_rate"]), info.Bitrate * 1000L);
        // Elsewhere ffprobe counts delays or guesses from the bitrate.
        long counted = AudioFiles.SamplesOf(info);
        if (file.Format is "WAV" or "FLAC" || file.Codec == "Vorbis") Assert.Equal(Number(probe["duration_ts"]), counted);

        long truth = file.Samples * info.SampleRate / file.Rate;
        if (file.Codec == "MP3")
        {
            Assert.Equal(AudioTool.CountDecoded(files[name], file.Channels), counted);
            if (!name.Contains("bare", StringComparison.Ordinal))
                Assert.InRange(counted, truth - Mp3Slack, truth + Mp3Slack);
        }
        else if (file.Codec is "ADPCM" or "Speex")
        {
            // Both fill up their last block.
            Assert.InRange(counted, truth, truth + 2048);
        }
        else
        {
            Assert.Equal((truth, truth * TimeSpan.TicksPerSecond / info.SampleRate), (counted, info.Duration.Ticks));
        }
    }

    [Theory]
    [InlineData("24000-1-64.mp3", 64, 64)]
    [InlineData("48000-2-320.mp3", 320, 320)]
    [InlineData("pcm_s16le-24000.wav", 384, 384)]
    [InlineData("pcm_s24le-24000.wav", 1152, 1152)]
    [InlineData("24000-1.flac", 150, 383)]
    [InlineData("vbr-24.mp3", 30, 100)]
    [InlineData("24000-1-80.ogg", 40, 120)]
    public void Average_bitrate_is_of_the_audio(string name, int low, int high) =>
        Assert.InRange(AudioInfoReader.ReadFile(files[name]).AverageBitrate, low, high);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
