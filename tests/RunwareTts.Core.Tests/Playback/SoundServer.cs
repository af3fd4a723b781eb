using System.Diagnostics;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Playback;

/// <summary>
/// A real sound server (PulseAudio) with a device that nobody hears, and a recorder of what that device gets. Players
/// of PulseAudio, ALSA and SDL in this process's children find it.
/// </summary>
internal sealed class SoundServer : IDisposable
{
    private const int RecordedRate = 8000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();
    private readonly SoundWorld _world;
    private readonly Process _server;
    private readonly Process _recorder;
    private readonly MemoryStream _recorded = new();
    private readonly Task _recording;

    public SoundServer()
    {
        string socket = Path.Combine(_folder.Path, "native");
        string alsa = Path.Combine(_folder.Path, "asound.conf");
        File.WriteAllText(alsa, "pcm.!default { type pulse }\nctl.!default { type pulse }\n");
        _world = new SoundWorld("unix:" + socket, alsa);
        Environment.SetEnvironmentVariable("PULSE_COOKIE", Path.Combine(_folder.Path, "cookie"));
        _server = Start("pulseaudio", "-n", "-F", "/dev/null", "--use-pid-file=no", "--daemonize=no",
            "--exit-idle-time=-1", "-L", "module-null-sink sink_name=device rate=48000 channels=2",
            "-L", $"module-native-protocol-unix socket={socket} auth-anonymous=1 auth-cookie-enabled=0");
        while (!TryControl("info", out _))
            Thread.Sleep(Tick);
        _recorder = Start("parec", "-d", "device.monitor", "--raw", "--format=s16le", $"--rate={RecordedRate}",
            "--channels=1", "--latency-msec=20");
        _recording = Task.Run(RecordAsync);
        while (Heard().Length == 0)
            Thread.Sleep(Tick);
    }

    /// <summary>The programs that are played to it now.</summary>
    public int Streams => TryControl("list short sink-inputs", out string list)
        ? list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0;

    /// <summary>What was heard since it started, once it has become silent again.</summary>
    public Envelope Listen()
    {
        while (true)
        {
            Envelope heard = Heard();
            if (Streams == 0 && heard.EndsSilently)
                return heard.Trimmed;
            Thread.Sleep(Tick);
        }
    }

    public Envelope Heard()
    {
        lock (_recorded)
            return Envelope.Of(_recorded.ToArray(), RecordedRate);
    }

    /// <summary>The device vanishes.</summary>
    public void Kill()
    {
        _server.Kill();
        _server.WaitForExit();
    }

    public void Dispose()
    {
        foreach (Process process in new[] { _recorder, _server })
        {
            process.Kill();
            process.WaitForExit();
        }

        _recording.Wait();
        _recorder.Dispose();
        _server.Dispose();
        _world.Dispose();
        _folder.Dispose();
    }

    private async Task RecordAsync()
    {
        byte[] buffer = new byte[4096];
        int got;
        while ((got = await _recorder.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            lock (_recorded)
                _recorded.Write(buffer, 0, got);
        }
    }

    private bool TryControl(string command, out string answer)
    {
        try
        {
            answer = System.Text.Encoding.UTF8.GetString(AudioTool.Run("pactl", command.Split(' ')));
            return true;
        }
        catch (InvalidOperationException) when (!_server.HasExited)
        {
            answer = "";
            return false;
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in new[] { "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "XDG_CONFIG_HOME" })
            start.Environment[name] = _folder.Path;
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }
}

/// <summary>Where children of this process look for sound.</summary>
internal sealed class SoundWorld : IDisposable
{
    private static readonly string[] Names = ["PULSE_SERVER", "ALSA_CONFIG_PATH", "PULSE_COOKIE"];

    private readonly string?[] _before = [.. Names.Select(Environment.GetEnvironmentVariable)];

    public SoundWorld(string pulseServer, string alsaConfig)
    {
        Environment.SetEnvironmentVariable("PULSE_SERVER", pulseServer);
        Environment.SetEnvironmentVariable("ALSA_CONFIG_PATH", alsaConfig);
    }

    /// <summary>No server, and no device.</summary>
    public static SoundWorld Empty() => new("unix:/nowhere", "/nowhere");

    public void Dispose()
    {
        foreach ((string name, string? value) in Names.Zip(_before))
            Environment.SetEnvironmentVariable(name, value);
    }
}
