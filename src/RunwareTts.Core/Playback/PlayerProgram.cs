using RunwareTts.Tools;

namespace RunwareTts.Playback;

/// <summary>A program that plays a file and ends.</summary>
internal sealed record PlayerProgram(string Name, string[] Options, params string[] Decodes) : IPlayer
{
    private const string Wav = "WAV PCM";
    private const string WavFloat = "WAV PCM float";
    private const string Flac = "FLAC FLAC";
    private const string Vorbis = "OGG Vorbis";
    private const string Mp3 = "MP3 MP3";
    private const string Anything = "*";

    // The last option is followed by the file. What others decode too depends on how they were built.
    private static readonly PlayerProgram[] Linux =
    [
        new("pw-play", [], Wav, WavFloat, Flac, Vorbis),
        new("paplay", [], Wav, WavFloat, Flac, Vorbis),
        new("aplay", ["-q"], Wav),
        new("ffplay", ["-v", "error", "-nodisp", "-vn", "-autoexit"], Anything) { IsUrlReader = true },
        new("mpv", ["--no-config", "--no-video", "--quiet", "--msg-level=all=error", "--input-terminal=no", "--"],
            Anything),
        // It would take brackets in a name for a pattern.
        new("play", ["-q", "--no-glob"], Wav, WavFloat, Flac, Vorbis),
    ];

    private static readonly PlayerProgram[] Mac = [new("afplay", [], Wav, WavFloat, Flac, Mp3), .. Linux];

    // ffplay goes on in silence without a device, and succeeds.
    private static readonly string[] SilentFailures = ["audio open failed", "Failed to open file"];

    /// <summary>Where it is.</summary>
    public string Program { get; private init; } = "";

    /// <summary>It takes URLs too, so that a path must not look like one.</summary>
    private bool IsUrlReader { get; init; }

    /// <summary>It is none of those that are known here, and may be a script.</summary>
    private bool IsForeign { get; init; }

    /// <summary>Those of this system that are installed, the best one first.</summary>
    public static IReadOnlyList<PlayerProgram> FindAll() =>
        [.. Known.Select(player => player.At(new Program(player.Name).Find())).OfType<PlayerProgram>()];

    /// <summary>The names of those that this system may have.</summary>
    public static IEnumerable<string> Names => Known.Select(player => player.Name);

    /// <summary>The program that the user named; it gets every file as it is, unless it is a known one.</summary>
    /// <exception cref="TtsException">PlayerMissing.</exception>
    public static PlayerProgram Named(string nameOrPath)
    {
        bool isPath = Path.GetFileName(nameOrPath) != nameOrPath;
        string name = Path.GetFileNameWithoutExtension(nameOrPath);
        PlayerProgram player = Mac.FirstOrDefault(known => known.Name == name)
            ?? new PlayerProgram(name, [], Anything) { IsForeign = true };
        string? file = isPath ? File.Exists(nameOrPath) ? nameOrPath : null
            : new Program(nameOrPath).Find() ?? new Program(name).Find();
        return player.At(file) ?? throw Errors.PlayerNotFound(nameOrPath);
    }

    public bool CanDecode(TtsAudioInfo audio) =>
        Decodes[0] == Anything || Array.IndexOf(Decodes, $"{audio.Format} {audio.Codec}") >= 0;

    public async Task<string?> PlayAsync(string file, CancellationToken token)
    {
        WorkFolder folder = WorkFolder.Of(file);
        // An absolute path is never taken for an option.
        string path = OperatingSystem.IsWindows() && folder.Path is not null ? @".\" + folder.NameOf(file) : file;
        string[] arguments = [.. Options, IsUrlReader ? "file:" + path : path];
        using ChildProcess child = ChildProcess.Start(Program, folder, arguments, isFed: false, token);
        child.MayHaveChildren = IsForeign;
        (int exitCode, string errors) = await child.EndAsync().ConfigureAwait(false);
        bool isPlayed = exitCode == 0 && !SilentFailures.Any(words => errors.Contains(words, StringComparison.Ordinal));
        return isPlayed ? null : $"{LastLine(errors)} (exit code {exitCode})".TrimStart();
    }

    private static PlayerProgram[] Known =>
        OperatingSystem.IsMacOS() ? Mac : OperatingSystem.IsWindows() ? [] : Linux;

    private PlayerProgram? At(string? file) => file is null ? null : this with { Program = file };

    // The lines before it tell what the library tried.
    private static string LastLine(string errors) =>
        errors.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "";
}
