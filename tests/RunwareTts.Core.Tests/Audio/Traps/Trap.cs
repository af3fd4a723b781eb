namespace RunwareTts.Tests.Audio;

/// <summary>A file on which readers go wrong, and what is true of it.</summary>
/// <param name="Name">Its name, with the extension.</param>
/// <param name="What">What is special.</param>
/// <param name="Command">The encoder, which makes it of {in}; what it writes to {out}, or else to a pipe, is the file.</param>
/// <param name="Codec">What it holds.</param>
internal sealed record Trap(string Name, string What, string Command, string Codec)
{
    public int SourceRate { get; init; } = 24000;

    public int Channels { get; init; } = 1;

    /// <summary>Opus is 48000 whatever it was made of.</summary>
    public int Rate => Codec == "Opus" ? 48000 : SourceRate;

    public int? Bitrate { get; init; }

    /// <summary>What is done to the encoder's file.</summary>
    public Func<byte[], byte[]>? Twist { get; init; }

    /// <summary>The trap whose file comes behind it.</summary>
    public string? FollowedBy { get; init; }

    public Truth Truth { get; init; } = Truth.Source;

    public string[] Faults { get; init; } = [];

    public string Format => Path.GetExtension(Name) switch { ".mp3" => "MP3", ".wav" => "WAV", ".flac" => "FLAC", _ => "OGG" };

    /// <summary>The programs without which it cannot be made, or its truth be known.</summary>
    public string Tools => string.Join(' ', new[] { Command.Split(' ')[0], FollowedBy is null ? null : Named(FollowedBy).Tools, Truth.Tool }.OfType<string>().Distinct());

    public static IReadOnlyList<Trap> All { get; } = [.. WavTraps.All, .. FlacTraps.All, .. OggTraps.All, .. Mp3Traps.All];

    public static Trap Named(string name) => All.Single(trap => trap.Name == name);
}

/// <summary>How many samples there really are, and how that is known.</summary>
/// <param name="By">In words.</param>
/// <param name="Count">From the trap, its file and the kitchen.</param>
internal sealed record Truth(string By, Func<Trap, string, TrapKitchen, long> Count)
{
    /// <summary>The program that knows it, apart from ffmpeg.</summary>
    public string? Tool { get; init; }

    public static readonly Truth Source = new("source", (trap, _, _) => SourceSamples(trap));

    /// <summary>Some encoders fill up their last block or frame, some containers cannot say where the sound ends: all is played.</summary>
    public static readonly Truth Decoded = new("ffmpeg decodes", (trap, file, _) => AudioTool.CountDecoded(file, trap.Channels));

    /// <summary>So many times the source.</summary>
    public static Truth Times(int times) => new($"{times} × source", (trap, _, _) => times * SourceSamples(trap));

    public static Truth Made(string by, Func<byte[], long> count) => new(by, (_, file, _) => count(File.ReadAllBytes(file)));

    public static Truth Made(string by, long samples) => new(by, (_, _, _) => samples);

    private static long SourceSamples(Trap trap) => (long)TestSignal.SamplesAt(trap.SourceRate) * trap.Rate / trap.SourceRate;
}
