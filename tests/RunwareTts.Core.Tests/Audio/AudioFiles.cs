using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

/// <summary>Makes the files of all tests once: one ffmpeg call a signal.</summary>
public sealed class AudioFiles : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tts-audio-" + Guid.NewGuid().ToString("N"));

    public AudioFiles()
    {
        Directory.CreateDirectory(_folder);
        foreach (var signal in EncodedFile.All.GroupBy(file => (file.Rate, file.Channels)))
        {
            var (rate, channels) = signal.Key;
            var source = this[$"source-{rate}-{channels}"];
            File.WriteAllBytes(source, TestSignal.MakeWav(rate, channels, TestSignal.SamplesAt(rate)));
            string[] input = ["-nostdin", "-v", "error", "-i", source];
            var outputs = signal.SelectMany(file => (string[])[.. file.Options, this[file.Name]]);
            AudioTool.Run("ffmpeg", [.. input, .. outputs]);
        }
    }

    public string this[string name] => Path.Combine(_folder, name);

    public byte[] Bytes(string name) => File.ReadAllBytes(this[name]);

    /// <summary>Samples which ffmpeg decodes from these bytes.</summary>
    public long CountDecoded(byte[] bytes, int channels)
    {
        var path = this["decode-" + Guid.NewGuid().ToString("N")];
        File.WriteAllBytes(path, bytes);
        return AudioTool.CountDecoded(path, channels);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static TtsAudioInfo Read(params byte[][] parts) => AudioInfoReader.Read(new MemoryStream(TestSignal.Join(parts)));

    internal static long SamplesOf(TtsAudioInfo info)
    {
        // Durations are cut to ticks, which are finer than samples, so rounding gives the count back.
        return (long)Math.Round((decimal)info.Duration.Ticks * info.SampleRate / TimeSpan.TicksPerSecond);
    }
}

/// <summary>Counts the bytes that a reader takes.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
{
    public long Given { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var got = base.Read(buffer, offset, count);
        Given += got;
        return got;
    }
}

[CollectionDefinition(Name)]
public sealed class AudioFilesFixture : ICollectionFixture<AudioFiles>
{
    public const string Name = "audio files";
}
