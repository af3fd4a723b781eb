using System.Diagnostics;
using System.Globalization;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Batch;

/// <summary>A batch that is killed at any moment and started again, as often as it takes.</summary>
[Trait("Lane", "Slow")]
public sealed class KillTests : EmulatorTest
{
    private const int Kills = 30;
    private const int Count = 620;
    private const int Distinct = Count * 9 / 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static readonly BatchOptions Options = Service.Quick with { ThrottleLimit = 8, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Of ten rows one has the text of an earlier one, and one has two results.</summary>
    internal static IEnumerable<SpeechRow> Rows => Enumerable.Range(0, Count).Select(i => (i % 10) switch
    {
        3 => Row(i - 1) with { Id = Name(i) },
        5 => Row(i) with { NumberResults = "2" },
        _ => Row(i),
    });

    private protected override Task<Service> StartAsync() => Service.StartAsync(new EmulatorOptions { TaskTime = TimeSpan.FromMilliseconds(25) }, SpeakAsync);

    [Fact]
    public async Task Killed_thirty_times_it_has_paid_for_every_row_once_and_every_file_is_whole()
    {
        Random random = new(11);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process child = Start();
            try
            {
                // Most die at work; some while they start, read the ledger and ask for what the one before has sent.
                if (kill % 6 == 5)
                    await Task.Delay(random.Next(300));
                else
                    await UntilAsync(child, (kill + 1) * Distinct / (Kills + 2) + random.Next(8));
                await Task.Delay(random.Next(40));
                Assert.False(child.HasExited, $"Kill {kill} came too late.");
            }
            finally
            {
                child.Kill();
            }

            await child.WaitForExitAsync();
            AssertFilesWhole();
        }

        using Process last = Start();
        string said = await last.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await last.WaitForExitAsync();
        Assert.Equal((0, ""), (last.ExitCode, said));

        AssertFilesWhole();
        Assert.Equal(Rows.SelectMany(FilesOf).Order(StringComparer.Ordinal), Final());
        Assert.Empty(_service.Record.ChargedTwice);
        Assert.Equal((Distinct, Distinct), (_service.Record.ChargedTasks, _service.Record.DistinctChargedRequests));
        AssertLedger();
        Assert.False(File.Exists(LedgerLocation.FileIn(_folder.Path) + LedgerLock.Suffix));
    }

    // Every text has a sound of its own, and all are of one length, so that no file can stand for another unnoticed.
    private static Task<byte[]> SpeakAsync(SpeakOrder order, CancellationToken token) => Task.FromResult(Sound(order.Text, order.Variation));

    private static byte[] Sound(string text, int variation)
    {
        byte[] noise = new byte[1600];
        new Random(int.Parse(text.AsSpan("Row ".Length), CultureInfo.InvariantCulture) * 2 + variation).NextBytes(noise);
        return TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(8000, 1)), TestSignal.Chunk("data", noise));
    }

    private static SpeechRow Row(int i) => new() { Text = $"Row {Name(i)}", Id = Name(i), Voice = "ryan", OutputFormat = "WAV" };

    private static string Name(int i) => i.ToString("0000", CultureInfo.InvariantCulture);

    private static string[] FilesOf(SpeechRow row) => row.NumberResults is null ? [$"{row.Id}.wav"] : [$"{row.Id}-1.wav", $"{row.Id}-2.wav"];

    private Process Start()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(BatchProgram).Assembly.Location, _service.Endpoint.OriginalString, _folder.Path])
        {
            RedirectStandardError = true,
            // Else the runtime of each one that is killed leaves its diagnostic socket behind.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        return Process.Start(start)!;
    }

    private async Task UntilAsync(Process child, int charged)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (_service.Record.ChargedTasks < charged)
        {
            Assert.True(!child.HasExited && clock.Elapsed < Patience, $"{_service.Record.ChargedTasks} of {charged}: {(child.HasExited ? child.StandardError.ReadToEnd() : "no more come")}");
            await Task.Delay(1);
        }
    }

    private string[] Final() => [.. _folder.Files.Where(f => !f.EndsWith(".part", StringComparison.Ordinal))];

    private void AssertFilesWhole()
    {
        Dictionary<string, SpeechRow> rows = Rows.SelectMany(row => FilesOf(row).Select(file => (file, row))).ToDictionary(f => f.file, f => f.row);
        foreach (string file in Final())
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder.Path, file));
            TtsAudioInfo audio = AudioInfoReader.ReadFile(Path.Combine(_folder.Path, file));
            Assert.Equal(("WAV", TimeSpan.FromSeconds(0.1)), (audio.Format, audio.Duration));
            Assert.Equal(Sound(rows[file].Text!, file.EndsWith("-2.wav", StringComparison.Ordinal) ? 1 : 0), bytes);
        }
    }

    private void AssertLedger()
    {
        int torn = File.ReadAllLines(LedgerLocation.FileIn(_folder.Path)).Count(line => LedgerEvent.Parse(Encoding.UTF8.GetBytes(line)) is null);
        Assert.InRange(torn, 0, Kills);
        TtsLedgerEntry[] entries = [.. LedgerReader.Read(_folder.Path)];
        Assert.Equal(Distinct, entries.Length);
        Assert.All(entries, e => Assert.Equal("Saved", e.Status));
        Assert.Equal(_service.Record.Charged, entries.Sum(e => e.Cost));
    }
}
