using System.Globalization;
using System.Security.Cryptography;
using RunwareTts.Batch;
using RunwareTts.Providers;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>Rows that clone a recording, and the provider that sends them.</summary>
internal static class Clips
{
    public static readonly BatchOptions Quick = Service.Quick;

    /// <summary>Two seconds of sound in a file; the seed makes clips of another content.</summary>
    public static string Write(string folder, string name = "clip.wav", int seed = 0)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, TestSignal.MakeWav(16000 + seed, 1, 2 * 16000));
        return path;
    }

    public static ReferenceClip Of(string path) =>
        ReferenceClip.OfFile(path, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))).ToLowerInvariant());

    public static SpeechRow[] Rows(int count, string clip) =>
        [.. Enumerable.Range(0, count).Select(i => Row(i.ToString("00", CultureInfo.InvariantCulture), clip))];

    public static SpeechRow Row(string id, string clip) => new()
    {
        Text = $"Row {id}",
        Id = id,
        Model = "Base",
        ReferenceAudio = clip,
        Transcript = "What is said in the clip.",
        OutputFormat = "WAV",
    };

    /// <summary>A new pipeline, whose uploads are remembered in this folder.</summary>
    public static ISpeechProvider Provider(Service service, string? state, string? key = null) =>
        new RunwareProvider(service.Client(key), state);

    public static List<BatchEvent> Run(Service service, string? state, IEnumerable<SpeechRow> rows, string? directory = null, BatchOptions? options = null) =>
        Batches.Run(Provider(service, state), rows, directory, options ?? Quick);
}
