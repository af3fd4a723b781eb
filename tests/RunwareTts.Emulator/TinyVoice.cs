using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace RunwareTts.Emulator;

/// <summary>A moment of silence at once, for runs of very many tasks, or some seconds of it, as long as a sentence. Whoever asks for the same format gets the same bytes.</summary>
public static class TinyVoice
{
    private const int WavRate = 24000;
    // As many as ffmpeg wants to see before it takes a nameless file for MP3.
    private const int Mp3Frames = 8;
    private const int LongerMp3Frames = 200;
    private const int WavFrames = WavRate / 20;
    private const int LongerWavFrames = WavRate * 5;

    private static readonly int[] Kbps1 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Kbps2 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    // The rates of one MPEG version are in the order of their two bits.
    private static readonly (int Version, int[] Rates)[] Versions = [(3, [44100, 48000, 32000]), (2, [22050, 24000, 16000]), (0, [11025, 12000, 8000])];
    private static readonly ConcurrentDictionary<(int Rate, int Channels, int Bitrate, int Frames), Task<byte[]>> Mp3s = new();
    private static readonly Task<byte[]> Wav = Task.FromResult(MakeWav(WavFrames));
    private static readonly Task<byte[]> LongerWav = Task.FromResult(MakeWav(LongerWavFrames));

    public static Task<byte[]> SpeakAsync(SpeakOrder order, CancellationToken token) => SpeakAsync(order, Wav, Mp3Frames, token);

    /// <summary>Five seconds: a file as large as a usual one.</summary>
    public static Task<byte[]> SpeakLongerAsync(SpeakOrder order, CancellationToken token) => SpeakAsync(order, LongerWav, LongerMp3Frames, token);

    private static async Task<byte[]> SpeakAsync(
        SpeakOrder order, Task<byte[]> wav, int mp3Frames, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(order);
        token.ThrowIfCancellationRequested();
        var silence = await SilenceAsync(order, wav, mp3Frames);
        return order.Clip is { } clip ? Marked(silence, clip, order.Format == "WAV" ? 1 : mp3Frames) : silence;
    }

    private static Task<byte[]> SilenceAsync(SpeakOrder order, Task<byte[]> wav, int mp3Frames) =>
        order.Format switch
        {
            "WAV" => wav,
            "MP3" => Mp3s.GetOrAdd(
                (order.SampleRate ?? 44100, order.Channels ?? PageRules.ChannelsDefault, order.Bitrate ?? 64, mp3Frames),
                key => Task.FromResult(MakeMp3(key.Rate, key.Channels, key.Bitrate, key.Frames))),
            _ => throw new NotSupportedException($"The tiny voice speaks MP3 and WAV, not {order.Format}."),
        };

    // The clip's digest in the last bytes of the frames, where no decoder of MP3 looks and nobody hears it in a WAV.
    private static byte[] Marked(byte[] silence, string clip, int frames)
    {
        var marked = silence.ToArray();
        var digest = Convert.FromHexString(clip);
        if (frames == 1)
        {
            // Low bytes of the last samples only.
            for (var at = 0; at < digest.Length; at++)
                marked[marked.Length - 2 * (digest.Length - at)] = digest[at];
            return marked;
        }
        var size = marked.Length / frames;
        for (var frame = 0; frame < frames; frame++)
            marked[size * (frame + 1) - 1] = (byte)(digest[frame % digest.Length] & 0x7F);
        return marked;
    }

    // One channel of 16 bits.
    private static byte[] MakeWav(int frames)
    {
        var dataSize = frames * 2;
        var wav = new byte[44 + dataSize];
        "RIFF"u8.CopyTo(wav);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        "data"u8.CopyTo(wav.AsSpan(36));
        foreach (var (at, value) in new[] { (4, wav.Length - 8), (16, 16), (20, 0x0001_0001), (24, WavRate), (28, WavRate * 2), (32, 0x0010_0002), (40, dataSize) })
            BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(at), value);
        return wav;
    }

    // A frame whose side info is all zeros holds no sound. Bitrates that are not in the table come down to one that is.
    private static byte[] MakeMp3(int rate, int channels, int bitrate, int frames)
    {
        var (version, rates) = Versions.First(row => row.Rates.Contains(rate));
        var table = version == 3 ? Kbps1 : Kbps2;
        var index = Array.FindLastIndex(table, kbps => kbps <= bitrate);
        var size = (version == 3 ? 144 : 72) * 1000 * table[index] / rate;
        var mp3 = new byte[size * frames];
        for (var at = 0; at < mp3.Length; at += size)
        {
            mp3[at] = 0xFF;
            mp3[at + 1] = (byte)(0xE3 | (version << 3));
            mp3[at + 2] = (byte)(((index + 1) << 4) | (Array.IndexOf(rates, rate) << 2));
            mp3[at + 3] = (byte)(channels == 1 ? 0xC0 : 0);
        }
        return mp3;
    }
}
