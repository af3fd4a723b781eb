using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>The WAV files of espeak-ng.</summary>
internal static class EspeakWav
{
    /// <summary>True for a text that contains no word.</summary>
    public static async Task<bool> IsSilentAsync(string file) =>
        (await ReadAsync(file).ConfigureAwait(false)).Samples.All(value => value == 0);

    /// <summary>Cuts the audio as the hosted models do at MaxNewTokens.</summary>
    public static async Task ShortenAsync(string file, decimal seconds)
    {
        (WavFormat format, ArraySegment<byte> samples) = await ReadAsync(file).ConfigureAwait(false);
        PcmFormat pcm = new(format.SampleRate, format.Channels, format.BitsPerSample / 8);
        long size = (long)Math.Min(seconds * format.SampleRate, int.MaxValue) * pcm.FrameBytes;
        if (size >= samples.Count)
            return;
        byte[] wav = [.. WavHeader.Make(pcm, size, 0), .. samples.Take((int)size)];
        await FileRetry.RunAsync(() => File.WriteAllBytes(file, wav)).ConfigureAwait(false);
    }

    private static async Task<(WavFormat Format, ArraySegment<byte> Samples)> ReadAsync(string file)
    {
        byte[] bytes = await FileRetry.RunAsync(() => File.ReadAllBytes(file)).ConfigureAwait(false);
        using MemoryStream stream = new(bytes);
        WavSamples samples = WavSamples.Find(stream);
        return (samples.Format, new ArraySegment<byte>(bytes, (int)samples.Start, (int)samples.Size));
    }
}
