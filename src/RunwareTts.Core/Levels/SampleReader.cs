using System.Buffers.Binary;
using RunwareTts.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Levels;

/// <summary>The samples of a file, one after the other and never all at once: -1 to 1, channels interleaved.</summary>
internal sealed class SampleReader : IDisposable
{
    private readonly byte[] _bytes;
    private readonly int _sampleBytes;
    private readonly bool _isFloat;
    private readonly Stream _stream;
    private readonly ChildProcess? _decoder;
    private long _left;

    private SampleReader(Stream stream, int channels, int sampleBytes, bool isFloat, long size)
    {
        (_stream, Channels, _sampleBytes, _isFloat, _left) = (stream, channels, sampleBytes, isFloat, size);
        _bytes = new byte[4096 * channels * sampleBytes];
        FullScale = isFloat ? 1 : 1 - Math.Pow(2, 1 - Math.Min(8 * sampleBytes, 24));
    }

    private SampleReader(ChildProcess decoder, PcmFormat pcm)
        : this(decoder.Output, pcm.Channels, pcm.SampleBytes, isFloat: false, long.MaxValue) => _decoder = decoder;

    public int Channels { get; }

    /// <summary>The largest positive sample.</summary>
    public double FullScale { get; }

    /// <summary>How many samples <see cref="ReadAsync"/> gives at most.</summary>
    public int MaxSamples => _bytes.Length / _sampleBytes;

    /// <summary>Opens WAV files of plain samples itself, and all others by ffmpeg.</summary>
    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public static SampleReader Open(string path, TtsAudioInfo audio, CancellationToken token)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        try
        {
            if (TryOpenWav(file, audio) is { } wav)
                return wav;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return Decode(path, audio, token);
    }

    /// <summary>The samples of a WAV file, whose stream is then the reader's; null for any other format.</summary>
    /// <exception cref="AudioFormatException">It has no samples.</exception>
    public static SampleReader? TryOpenWav(Stream stream, TtsAudioInfo audio)
    {
        if (audio.Format != "WAV" || audio.Codec is not ("PCM" or "PCM float"))
            return null;
        WavSamples samples = WavSamples.Find(stream);
        int bytes = samples.Format.BlockAlign / samples.Format.Channels;
        bool isFloat = audio.Codec == "PCM float";
        if (isFloat ? bytes is not (4 or 8) : bytes is not (>= 1 and <= 4))
            return null;
        stream.Position = samples.Start;
        return new SampleReader(stream, samples.Format.Channels, bytes, isFloat, samples.Size);
    }

    /// <summary>The samples of a file of any format, by ffmpeg.</summary>
    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public static SampleReader Decode(string path, TtsAudioInfo audio, CancellationToken token)
    {
        PcmFormat pcm = new(audio.SampleRate, audio.Channels, SampleBytes: 2);
        return new SampleReader(Ffmpeg.Decode(path, audio.Format, pcm, token), pcm);
    }

    /// <returns>How many samples were read, of whole frames; 0 at the end.</returns>
    /// <exception cref="TtsException">OfflineToolFailed.</exception>
    public async Task<int> ReadAsync(double[] samples, CancellationToken token)
    {
        int count = (int)Math.Min(_bytes.Length, _left);
        int filled = 0;
        // A pipe gives a little at a time.
        for (int got = 1; filled < count && got > 0; filled += got)
            got = await _stream.ReadAsync(_bytes.AsMemory(filled, count - filled), token).ConfigureAwait(false);
        _left -= filled;
        int frame = Channels * _sampleBytes;
        int read = filled / frame * Channels;
        for (int i = 0; i < read; i++)
            samples[i] = Sample(i * _sampleBytes);
        if (read == 0 && _decoder is not null)
            await _decoder.FinishAsync().ConfigureAwait(false);
        return read;
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _stream.Dispose();
    }

    private double Sample(int at) => (_sampleBytes, _isFloat) switch
    {
        (4, true) => Finite(BitConverter.ToSingle(_bytes, at)),
        (8, true) => Finite(BitConverter.ToDouble(_bytes, at)),
        (1, _) => (_bytes[at] - 128) / 128.0,
        (2, _) => BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(at)) / 32768.0,
        (3, _) => ((_bytes[at] << 8) | (_bytes[at + 1] << 16) | (_bytes[at + 2] << 24)) / 2147483648.0,
        _ => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at)) / 2147483648.0,
    };

    private static double Finite(double sample) => double.IsNaN(sample) || double.IsInfinity(sample) ? 0 : sample;
}
