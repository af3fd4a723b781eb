namespace RunwareTts.Tests.Audio;

/// <summary>Makes trap files by real encoders, each once.</summary>
internal sealed class TrapKitchen : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tts-traps-").FullName;

    /// <summary>The trap's file.</summary>
    public string Make(Trap trap)
    {
        var path = Path.Combine(_folder, trap.Name);
        if (File.Exists(path)) return path;
        var bytes = Encode(trap.Command, Path.GetExtension(trap.Name), trap.SourceRate, trap.Channels);
        if (trap.Twist is { } twist) bytes = twist(bytes);
        if (trap.FollowedBy is { } other) bytes = [.. bytes, .. File.ReadAllBytes(Make(Trap.Named(other)))];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public byte[] Encode(string command, string extension, int rate, int channels)
    {
        var output = Path.Combine(_folder, Guid.NewGuid().ToString("N") + extension);
        var words = command.Split(' ');
        var piped = AudioTool.Run(words[0], [.. words.Skip(1).Select(Fill)]);
        return File.Exists(output) ? File.ReadAllBytes(output) : piped;

        string Fill(string word) => word switch
        {
            "{in}" => Source("source", rate, channels, TestSignal.MakePcm(rate, channels, TestSignal.SamplesAt(rate))),
            "{silence}" => Source("silence", rate, channels, new byte[TestSignal.SamplesAt(rate) * channels * 2]),
            "{picture}" => Picture(),
            "{out}" => output,
            _ => word,
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Source(string name, int rate, int channels, byte[] pcm) =>
        Write($"{name}-{rate}-{channels}.wav", TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(rate, channels)), TestSignal.Chunk("data", pcm)));

    // Noise, so that the picture stays large.
    private string Picture()
    {
        var path = Path.Combine(_folder, "cover.png");
        if (!File.Exists(path)) AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "nullsrc=s=300x300,geq=random(1)*255:128:128", "-frames:v", "1", path);
        return path;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path)) File.WriteAllBytes(path, bytes);
        return path;
    }
}
