using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace RunwareTts.Emulator;

/// <summary>Files of the formats that the servers know. All but wav and pcm are made by ffmpeg.</summary>
internal static class SpeechEncoder
{
    private const int WavHeader = 44;

    private static readonly Dictionary<string, (string Type, string[] Options)> Formats = new()
    {
        ["wav"] = ("audio/wav", []),
        ["pcm"] = ("audio/pcm", []),
        ["mp3"] = ("audio/mpeg", ["-c:a", "libmp3lame", "-f", "mp3"]),
        ["flac"] = ("audio/flac", ["-c:a", "flac", "-f", "flac"]),
        ["opus"] = ("audio/ogg", ["-c:a", "libopus", "-f", "ogg"]),
        ["aac"] = ("audio/aac", ["-c:a", "aac", "-f", "adts"]),
    };

    private static readonly Lazy<string?> Ffmpeg = new(FindFfmpeg);

    public static bool IsInstalled => Ffmpeg.Value is not null;

    public static bool IsPlain(string format) => format is "wav" or "pcm";

    public static string ContentType(string format) => Formats[format].Type;

    public static async Task<byte[]> EncodeAsync(SpeechTake take, string format, CancellationToken token) =>
        format switch
        {
            "wav" => Wav(take),
            "pcm" => take.Pcm,
            _ => await ByFfmpegAsync(take, Formats[format].Options, token),
        };

    public static byte[] Wav(SpeechTake take)
    {
        var wav = new byte[WavHeader + take.Pcm.Length];
        "RIFF"u8.CopyTo(wav);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        "data"u8.CopyTo(wav.AsSpan(36));
        Write(4, wav.Length - 8);
        Write(16, 16);
        Write(20, 0x0001_0001);
        Write(24, take.Rate);
        Write(28, take.Rate * 2);
        Write(32, 0x0010_0002);
        Write(40, take.Pcm.Length);
        take.Pcm.CopyTo(wav, WavHeader);
        return wav;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(at), value);
    }

    // By a file: only there can ffmpeg go back and write the length into the headers of mp3 and flac.
    private static async Task<byte[]> ByFfmpegAsync(SpeechTake take, string[] options, CancellationToken token)
    {
        var path = Path.Combine(Path.GetTempPath(), $"runwaretts-emulator-{Guid.NewGuid():N}");
        try
        {
            await RunAsync(take, options, path, token);
            return await File.ReadAllBytesAsync(path, token);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task RunAsync(SpeechTake take, string[] options, string path, CancellationToken token)
    {
        var rate = take.Rate.ToString(CultureInfo.InvariantCulture);
        string[] input = ["-v", "error", "-y", "-f", "s16le", "-ar", rate, "-ac", "1", "-i", "pipe:0"];
        using var process = Process.Start(new ProcessStartInfo(Ffmpeg.Value!, [.. input, .. options, path])
        {
            RedirectStandardInput = true,
            CreateNoWindow = true,
        })!;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(take.Pcm, token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        if (process.ExitCode != 0) throw new InvalidOperationException($"ffmpeg ended with {process.ExitCode}.");
    }

    private static string? FindFfmpeg()
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
