using System.Security.Cryptography;
using RunwareTts.Audio;
using RunwareTts.Catalog;

namespace RunwareTts.Voices;

/// <summary>What a file is as a clip to clone.</summary>
internal sealed record ClipCheck
{
    private ClipCheck()
    {
    }

    /// <summary>Why it cannot be cloned, as the end of a sentence about it; null where it can.</summary>
    public string? Fault { get; private init; }

    /// <summary>The SHA-256 of its content in lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>What its audio is; null where it is none.</summary>
    public TtsAudioInfo? Audio { get; private init; }

    public decimal Seconds => Audio is null ? 0 : Audio.Duration.Ticks / (decimal)TimeSpan.TicksPerSecond;

    private static Limits Limits => SpeechCatalog.Limits;

    /// <exception cref="IOException">It cannot be read; nor other exceptions of a file.</exception>
    public static ClipCheck Of(FileStamp file, CancellationToken token)
    {
        if (!File.Exists(file.Path))
            return Refuse(
                Directory.Exists(file.Path) ? "is a folder." : $"does not exist: there is no file {file.Path}.");
        if (file.Length == 0)
            return Refuse("is empty or not a regular file.");
        if (file.Length > Limits.MaxClipBytes)
            return Refuse(FormattableString.Invariant(
                $"has {file.Length} bytes, and {Limits.MaxClipBytes} are allowed."));
        try
        {
            TtsAudioInfo audio = AudioInfoReader.ReadFile(file.Path);
            ClipCheck check = new() { Audio = audio, Sha256 = HashOf(file.Path) };
            return check.FindFault(file.Path, token) is { } fault ? Refuse(fault) : check;
        }
        catch (AudioFormatException e)
        {
            return Refuse($"cannot be read as audio. {Sentence.End(e.Message)}");
        }
    }

    private static ClipCheck Refuse(string fault) => new() { Fault = fault };

    private string? FindFault(string path, CancellationToken token) =>
        Audio!.Faults.Contains(nameof(AudioFaults.Truncated))
            ? FormattableString.Invariant($"is cut off after {Seconds:0.##} s. Copy or download it again.")
        : Seconds < Limits.MinClipSeconds || Seconds > Limits.MaxClipSeconds ? FormattableString.Invariant(
            $"is {Seconds:0.##} s long; allowed are {Limits.MinClipSeconds} to {Limits.MaxClipSeconds} s.")
        : SilenceCheck.IsSilent(path, Audio, token) ? "is silent."
        : null;

    private static string HashOf(string path)
    {
        using FileStream clip = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using SHA256 sha = SHA256.Create();
        return Convert.ToHexString(sha.ComputeHash(clip)).ToLowerInvariant();
    }
}
