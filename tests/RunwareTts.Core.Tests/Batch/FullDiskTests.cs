using System.Diagnostics;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Batch;

/// <summary>A disk with no room left for audio, and a folder that cannot be written any more: real ones.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Rows = 40;
    private const int AudioBytes = 100_000;

    private readonly TempFolder _folder = new();
    private Service _service = null!;

    public async Task InitializeAsync() =>
        _service = await Service.StartAsync(speak: (order, _) => Task.FromResult(TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(24000, 1)), TestSignal.Chunk("data", Noise(order.Text)))));

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [TmpfsFact]
    public void When_audio_has_no_room_nothing_more_is_paid_for_and_with_room_nothing_is_paid_twice()
    {
        using Tmpfs disk = new(_folder.Path, "400k");
        List<BatchEvent> events = _service.Run(Texts, _folder.Path, Service.Quick with { ThrottleLimit = 2 });
        TtsSpeech[] first = events.Spoken();
        Assert.NotEmpty(first);
        TtsException[] errors = events.Errors();
        Assert.All(errors, e => Assert.Equal(("OutputNotWritten", true), (e.ErrorId, e.EndsPipeline)));
        Assert.Contains(errors, e => e.Speech is { TaskUUID: not null } && e.Message.Contains("Make room", StringComparison.Ordinal));
        // The window holds eight rows; before, all were paid for.
        Assert.InRange(_service.Record.ChargedTasks, first.Length + 1, first.Length + 8);

        disk.Resize("20m");
        Assert.Equal(Rows, _service.Run(Texts, _folder.Path).Spoken().Length);
        Assert.Equal((Rows, 0), (_service.Record.ChargedTasks, _service.Record.ChargedTwice.Count));
        Assert.DoesNotContain(_folder.Files, f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_can_be_written_no_more_is_found_before_the_next_row_is_paid_for()
    {
        string outside = Path.Combine(_folder.Path, "out");
        // The first row's audio is on its way when its folder goes.
        _service.Faults.OnDownload(new Fault.Slow(TimeSpan.FromMilliseconds(300)));
        int asked = 0;
        IEnumerable<SpeechRow> Given()
        {
            foreach (SpeechRow row in Texts)
            {
                if (++asked == 2)
                {
                    Directory.Move(outside, outside + "-gone");
                    File.WriteAllText(outside, "a file has its name");
                }

                yield return row with { OutputPath = Path.Combine(outside, $"{row.Id}.wav") };
            }
        }

        TtsException[] errors = Batches.Run(_service.Provider(), Given(), null, Service.Quick with { ThrottleLimit = 1 }).Errors();
        Assert.Equal(Rows, errors.Length);
        Assert.All(errors, e => Assert.Equal(("OutputNotWritten", false), (e.ErrorId, e.EndsPipeline)));
        Assert.InRange(_service.Record.ChargedTasks, 1, 4);
        Assert.Equal(_service.Record.ChargedTasks, errors.Count(e => e.Speech is not null));
    }

    private static SpeechRow[] Texts => [.. Enumerable.Range(0, Rows).Select(n => new SpeechRow { Text = $"Row {n:00}", Id = $"row-{n:00}", OutputFormat = "WAV" })];

    private static byte[] Noise(string text)
    {
        byte[] noise = new byte[AudioBytes];
        new Random(text[^1] + (text[^2] * 10)).NextBytes(noise);
        return noise;
    }

    private sealed class Tmpfs : IDisposable
    {
        private readonly string _path;

        public Tmpfs(string path, string size)
        {
            _path = path;
            Assert.True(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path));
        }

        public void Resize(string size) => Assert.True(Run("mount", "-o", $"remount,size={size}", _path));

        public void Dispose() => Run("umount", "-l", _path);

        public static bool Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    /// <summary>Only root may mount, and not in every container.</summary>
    private sealed class TmpfsFactAttribute : FactAttribute
    {
        private static readonly bool IsAllowed = CanMount();

        public TmpfsFactAttribute()
        {
            if (!IsAllowed)
                Skip = "NOT TESTED: a tmpfs cannot be mounted here. Run this as root of a machine or container that may mount.";
        }

        private static bool CanMount()
        {
            if (!OperatingSystem.IsLinux())
                return false;
            using TempFolder probe = new();
            try
            {
                using Tmpfs disk = new(probe.Path, "64k");
                return true;
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
