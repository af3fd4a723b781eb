using System.Runtime.InteropServices;
using System.Text;

namespace RunwareTts.Playback;

/// <summary>The multimedia interface of Windows, which plays WAV and MP3 files without another program.</summary>
internal sealed class WindowsPlayer : IPlayer
{
    private const int AnswerLength = 128;

    // Its commands take no longer path, and on some systems only one of the ANSI code page.
    private const int MaxPath = 120;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);

    public string Name => "winmm";

    public bool CanDecode(TtsAudioInfo audio) => $"{audio.Format} {audio.Codec}" is "WAV PCM" or "MP3 MP3";

    /// <inheritdoc/>
    public Task<string?> PlayAsync(string file, CancellationToken token) =>
        // A device belongs to the thread that opened it.
        Task.Factory.StartNew(() => Play(file, token), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string? Play(string file, CancellationToken token)
    {
        if (CountDevices() == 0)
            return "Windows has no device for sound output.";
        using ClipFolder folder = new();
        string extension = Path.GetExtension(file);
        bool isMp3 = IsMp3(file);
        if (file.Length > MaxPath || file.Any(c => c > '~'))
        {
            string copy = folder.NewFile("sound" + extension);
            File.Copy(file, copy);
            file = copy;
        }

        string alias = "tts" + Guid.NewGuid().ToString("N");
        if (Send($"open \"{file}\" type {(isMp3 ? "mpegvideo" : "waveaudio")} alias {alias}", null) is { } refusal)
            return refusal;
        try
        {
            return Send($"play {alias}", null) ?? WaitForEnd(alias, token);
        }
        finally
        {
            Send($"close {alias}", null);
        }
    }

    private static string? WaitForEnd(string alias, CancellationToken token)
    {
        char[] mode = new char[AnswerLength];
        do
        {
            if (token.WaitHandle.WaitOne(Tick))
                Send($"stop {alias}", null);
            token.ThrowIfCancellationRequested();
            if (Send($"status {alias} mode", mode) is { } lost)
                return lost;
        }
        while (TextOf(mode) is "playing" or "seeking");
        return null;
    }

    // By its bytes, as everywhere: a file may be named anything.
    private static bool IsMp3(string file)
    {
        byte[] head = new byte[4];
        using FileStream stream = File.OpenRead(file);
        return stream.Read(head, 0, head.Length) == head.Length && Encoding.ASCII.GetString(head) != "RIFF";
    }

    /// <returns>What went wrong; null for nothing.</returns>
    private static string? Send(string command, char[]? answer)
    {
        int code = SendCommand(command, answer, answer is null ? 0 : AnswerLength, IntPtr.Zero);
        if (code == 0)
            return null;
        char[] words = new char[AnswerLength];
        return DescribeError(code, words, AnswerLength) ? TextOf(words) : $"winmm error {code}.";
    }

    private static string TextOf(char[] answer) => new(answer, 0, Math.Max(0, Array.IndexOf(answer, '\0')));

    [DllImport("winmm.dll", EntryPoint = "mciSendStringW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendCommand(string command, [Out] char[]? answer, int length, IntPtr window);

    [DllImport("winmm.dll", EntryPoint = "mciGetErrorStringW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DescribeError(int code, [Out] char[] words, int length);

    [DllImport("winmm.dll", EntryPoint = "waveOutGetNumDevs", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int CountDevices();
}
