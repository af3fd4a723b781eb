using System.Globalization;
using System.Security.Cryptography;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
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
        new ClipProvider(new RunwareProvider(service.Client(key), state));

    public static List<BatchEvent> Run(Service service, string? state, IEnumerable<SpeechRow> rows, string? directory = null, BatchOptions? options = null) =>
        Batches.Run(Provider(service, state), rows, directory, options ?? Quick);
}

/// <summary>Adds the clip of a row that names a file, which the voices' room reads.</summary>
internal sealed class ClipProvider(RunwareProvider inner) : ISpeechProvider
{
    public string Name => inner.Name;

    public bool KeepsVoices => true;

    public bool ChargesNothing => inner.ChargesNothing;

    public string? Caution => inner.Caution;

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) => inner.CautionFor(request, token);

    public TtsException? FindUnsupported(SpeechRequest request, bool wait) => inner.FindUnsupported(request, wait);

    public void EnsureReady() => inner.EnsureReady();

    public Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token) =>
        inner.SubmitAsync(task, WithClip(request), wait, token);

    public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
        inner.PollAsync(tasks, token);

    public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => inner.RecallAsync(task, token);

    public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) => inner.PriceAsync(WithClip(request), token);

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        inner.FetchAsync(result, destination, token);

    private static SpeechRequest WithClip(SpeechRequest request) => request.ReferenceAudio switch
    {
        null => request,
        string id when Guid.TryParse(id, out Guid media) => request with { Clip = ReferenceClip.OfMedia(media) },
        string path => request with { Clip = Clips.Of(path) },
    };
}
