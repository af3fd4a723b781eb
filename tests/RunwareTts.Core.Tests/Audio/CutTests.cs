using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

/// <summary>A file that says where it ends and lost any part of its end is never taken for a whole one.</summary>
[Collection(AudioFilesFixture.Name)]
public sealed class CutTests(AudioFiles files)
{
    private const int Cuts = 700;

    [Theory]
    [InlineData("pcm_s16le-24000.wav")]
    [InlineData("pcm_s24le-24000.wav")]
    [InlineData("adpcm_ima_wav-24000.wav")]
    [InlineData("24000-1.flac")]
    [InlineData("8000-1.flac")]
    [InlineData("flac-24.oga")]
    [InlineData("24000-1-80.ogg")]
    [InlineData("8000-1-16.ogg")]
    [InlineData("24000-1.opus")]
    [InlineData("speex-16.spx")]
    [InlineData("24000-1-64.mp3")]
    [InlineData("vbr-24.mp3")]
    public void Is_noticed_wherever_it_is(string name)
    {
        var whole = files.Bytes(name);
        var duration = AudioFiles.Read(whole).Duration;
        // Metadata behind the sound may be lost without a loss.
        var end = whole.AsSpan().LastIndexOf("LIST"u8) is > 100 and var list ? list : whole.Length;
        for (var length = end - 1; length >= 0; length -= length > end - 100 ? 1 : 1 + (end / Cuts))
        {
            if (Read(whole[..length]) is not { } info) continue;
            Assert.True(info.Faults.Contains("Truncated"), $"{name} cut to {length} of {whole.Length} has {string.Join(", ", info.Faults)}");
            Assert.InRange(info.Duration, TimeSpan.Zero, duration + TimeSpan.FromSeconds(0.06));
        }
    }

    private static TtsAudioInfo? Read(byte[] bytes)
    {
        try
        {
            return AudioFiles.Read(bytes);
        }
        catch (AudioFormatException)
        {
            return null;
        }
    }
}
