using System.Buffers;
using System.Buffers.Binary;

namespace RunwareTts.Emulator;

/// <summary>The reference audio of Base.</summary>
internal static class RefAudio
{
    public const int MostBytes = 10 * 1024 * 1024;
    private const double LeastSeconds = 1;
    private const double MostSeconds = 30;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Null for a path or bare base64.</summary>
    public static string? SchemeOf(string clip)
    {
        var colon = clip.IndexOf(':', StringComparison.Ordinal);
        // A letter alone is a drive.
        var isScheme = colon > 1 && clip.AsSpan(0, colon).IndexOfAnyExcept(Letters) < 0;
        return isScheme ? clip[..colon].ToLowerInvariant() : null;
    }

    /// <summary>The bytes of a data: URI. Null when it is none, or not in base64.</summary>
    public static byte[]? Decode(string? clip)
    {
        if (clip is null || SchemeOf(clip) != "data") return null;
        var comma = clip.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !clip[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[clip.Length - comma];
        var isBase64 = Convert.TryFromBase64String(clip[(comma + 1)..], bytes, out var count);
        return isBase64 && count > 0 ? bytes[..count] : null;
    }

    public static string? FindProblem(byte[] bytes)
    {
        if (!IsAudio(bytes)) return "The reference audio could not be decoded: its format is not known.";
        return Seconds(bytes) switch
        {
            < LeastSeconds => "Reference audio is too short. It must be 1 to 30 seconds long.",
            > MostSeconds => "Reference audio is too long. It must be 1 to 30 seconds long.",
            _ => null,
        };
    }

    /// <summary>How long a WAV file is. Null for other formats.</summary>
    public static double? Seconds(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("RIFF"u8)) return null;
        var bytesASecond = 0;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            if (bytes.AsSpan(at, 4).SequenceEqual("fmt "u8) && at + 20 <= bytes.Length)
                bytesASecond = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 16));
            if (bytes.AsSpan(at, 4).SequenceEqual("data"u8) && bytesASecond > 0)
                return Math.Min((uint)size, (uint)(bytes.Length - at - 8)) / (double)bytesASecond;
            if (size < 0) return null;
            at += 8 + size + size % 2;
        }
        return null;
    }

    private static bool IsAudio(byte[] bytes) =>
        bytes.AsSpan().StartsWith("RIFF"u8) || bytes.AsSpan().StartsWith("ID3"u8) || bytes.AsSpan().StartsWith("fLaC"u8)
        || bytes.AsSpan().StartsWith("OggS"u8) || (bytes.Length > 1 && bytes[0] == 0xFF && bytes[1] >= 0xE0)
        || (bytes.Length > 8 && bytes.AsSpan(4).StartsWith("ftyp"u8));
}
