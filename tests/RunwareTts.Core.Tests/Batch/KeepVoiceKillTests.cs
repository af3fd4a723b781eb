using System.Diagnostics;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A book with three voices that is killed at any moment, mostly around a casting.</summary>
[Trait("Lane", "Slow")]
public sealed class KeepVoiceKillTests : EmulatorTest
{
    private const int Kills = 25;
    private const int Parts = 90;
    private static readonly string[] Descriptions = ["A weathered old announcer", "A bright young girl", "A calm woman"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private int _spoken;

    internal static IEnumerable<SpeechRow> Book => Enumerable.Range(0, Parts).Select(n => new SpeechRow
    {
        Id = $"{n:000}", Text = $"This is part {n} of the book.", VoiceDescription = Descriptions[n / 4 % 3], OutputFormat = "WAV",
    });

    private protected override Task<Service> StartAsync() => Service.StartAsync(new EmulatorOptions { TaskTime = TimeSpan.FromMilliseconds(60) }, async (order, token) =>
    {
        byte[] wav = await DraftVoice.SpeakAsync(order, token);
        wav[^1] ^= (byte)Interlocked.Increment(ref _spoken);
        return wav;
    });

    [Fact]
    public async Task Killed_twenty_five_times_it_has_cast_each_voice_once()
    {
        Random random = new(7);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process child = Start();
            int before = _service.Record.Requests;
            Stopwatch clock = Stopwatch.StartNew();
            while (_service.Record.Requests < before + 1 + kill % 5 && !child.HasExited && clock.Elapsed < Patience)
                await Task.Delay(1);
            await Task.Delay(random.Next(150));
            child.Kill();
            await child.WaitForExitAsync();
        }

        using Process last = Start();
        string said = await last.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await last.WaitForExitAsync();
        Assert.Equal((0, ""), (last.ExitCode, said));
        Assert.Empty(_service.Record.ChargedTwice);
        ChargedTask[] cast = [.. _service.Record.Charges.Where(c => c.Clip is null)];
        Assert.Equal(Descriptions.Length, cast.Length);
        ChargedTask[] parts = [.. _service.Record.Charges.Where(c => c.Clip is not null)];
        Assert.Equal((Parts, Descriptions.Length), (parts.Length, parts.Select(p => p.Clip).Distinct().Count()));
        Assert.Equal(Parts, Directory.GetFiles(_folder.Path, "*.wav").Length);
    }

    private Process Start()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(BatchProgram).Assembly.Location, _service.Endpoint.OriginalString, _folder.Path, "keep"])
        {
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        return Process.Start(start)!;
    }
}
