using RunwareTts.Audio;
using RunwareTts.Joining;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Joining;

/// <summary>Parts made by real encoders in a folder that goes away, and what really comes out of a file.</summary>
public sealed class JoinKitchen : IDisposable
{
    private static readonly string[] Input = ["-nostdin", "-v", "error", "-y", "-i"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tts-join-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Lively audio of odd lengths, so that no frame size divides them.</summary>
    internal JoinPart[] Bake(string format, int rate, int channels, int count, params string[] options)
    {
        JoinPart[] parts = new JoinPart[count];
        for (int n = 0; n < count; n++)
        {
            string wav = this[$"source-{rate}-{channels}-{n}.wav"];
            File.WriteAllBytes(wav, TestSignal.MakeWav(rate, channels, (rate * (n + 2) / 5) + 137 + (n * 61)));
            string file = this[$"part-{n}.{format}"];
            if (format == "wav")
                File.Copy(wav, file, true);
            else
                AudioTool.Run("ffmpeg", [.. Input, wav, .. options, file]);
            parts[n] = new JoinPart(file) { Text = $"This is part {n}." };
        }

        return parts;
    }

    internal static async Task<TtsJoinedSpeech> JoinAsync(JoinOptions options, IEnumerable<JoinPart> parts, CancellationToken token = default)
    {
        using SpeechJoin join = new(options);
        foreach (JoinPart part in parts)
            join.Add(part);
        return await join.WriteAsync(token);
    }

    /// <summary>Without the checks of SpeechJoin.</summary>
    internal static void JoinFrames(string target, double gap, IEnumerable<JoinPart> parts)
    {
        List<PlacedPart> placed = [];
        foreach (JoinPart part in parts)
        {
            TtsAudioInfo info = AudioInfoReader.ReadFile(part.Path);
            placed.Add(new PlacedPart(part.Path, "MP3", placed.Count == 0 ? 0 : placed[^1].End + (long)Math.Round(gap * info.SampleRate), AudioFiles.SamplesOf(info)));
        }

        using FileStream stream = File.Create(target);
        Mp3Join.Write(placed, stream, CancellationToken.None);
    }

    /// <summary>Samples of all channels as ffmpeg decodes them.</summary>
    internal static short[] Decode(string file)
    {
        byte[] pcm = AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", file, "-f", "s16le", "-c:a", "pcm_s16le", "-");
        short[] samples = new short[pcm.Length / 2];
        Buffer.BlockCopy(pcm, 0, samples, 0, samples.Length * 2);
        return samples;
    }

    internal static long SamplesOf(string file) => AudioFiles.SamplesOf(AudioInfoReader.ReadFile(file));

    /// <summary>What is left over of joins that ended badly.</summary>
    internal string[] Leftovers => [.. Directory.EnumerateFiles(Folder, ".*")];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
