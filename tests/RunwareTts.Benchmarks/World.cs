using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>The emulator with tasks that take as long as public examples do (3.7 to 4.8 s), a twentieth of it.</summary>
internal sealed class World : IAsyncDisposable
{
    public const double Scale = 1 / 20.0;

    private static readonly byte[] Silence = MakeSilence();
    private readonly EmulatorHost _host;

    private World(EmulatorHost host) => _host = host;

    public RunwareProvider Provider => new(new RunwareClient(_host.Endpoint, ApiKey.From(new EmulatorOptions().ApiKey)));

    /// <summary>The usual polls, scaled.</summary>
    public static BatchOptions Options => new()
    {
        FirstPoll = TimeSpan.FromSeconds(0.75 * Scale),
        TaskTime = SpeechCatalog.TaskTime with
        {
            MinSeconds = SpeechCatalog.TaskTime.MinSeconds * Scale,
            MaxSeconds = SpeechCatalog.TaskTime.MaxSeconds * Scale,
        },
    };

    internal static PolledTask Polled(Guid id, SpeechRequest request) =>
        new(id, new TaskKind(request.Model, request.TextLength)) { Expected = 1, Age = TimeSpan.Zero };

    public EmulatorRecord Record => _host.Record;

    public static async Task<World> StartAsync() => new(await EmulatorHost.StartAsync(new EmulatorOptions(), async (order, token) =>
    {
        await Task.Delay(TimeOf(order.Text), token);
        return Silence;
    }));

    /// <summary>A text of its own length and, by its first number, of its own time.</summary>
    public static SpeechRequest Row(Random random)
    {
        string text = $"{random.NextDouble():0.000000} {new string('a', random.Next(100, 900))}";
        return RowReader.Read(new SpeechRow { Text = text, OutputFormat = "WAV" }).Request!;
    }

    /// <summary>3.7 to 4.8 s: half of it by the text's length, half by chance; scaled.</summary>
    public static TimeSpan TimeOf(string text)
    {
        double chance = double.Parse(text.AsSpan(0, 8), System.Globalization.CultureInfo.InvariantCulture);
        double length = (text.Length - 109) / 800.0;
        return TimeSpan.FromSeconds((3.7 + 1.1 * (chance + length) / 2) * Scale);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static byte[] MakeSilence()
    {
        byte[] wav = new byte[44 + 4410];
        "RIFF"u8.CopyTo(wav);
        BitConverter.TryWriteBytes(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        foreach ((int at, int value) in new[] { (16, 16), (20, 0x0001_0001), (24, 22050), (28, 44100), (32, 0x0010_0002), (40, 4410) })
            BitConverter.TryWriteBytes(wav.AsSpan(at), value);
        "data"u8.CopyTo(wav.AsSpan(36));
        return wav;
    }
}
