using RunwareTts.Files;

namespace RunwareTts.Voices;

/// <summary>Where kept voices are looked for, and where a new one is written.</summary>
public static class VoiceFolders
{
    /// <summary>The environment variable with more folders, separated as in PATH.</summary>
    public const string Variable = "RUNWARE_TTS_VOICES";

    /// <summary>The folder, inside that of a batch, in which -KeepVoice keeps its voices.</summary>
    public const string OfBatch = "voices";

    /// <summary>The folders in the order in which they are searched. Only a folder that was named must exist.</summary>
    /// <param name="named">-VoiceFolder, as an absolute path; null where it was not given.</param>
    /// <param name="outputDirectory">The folder of the batch; null for none.</param>
    /// <exception cref="TtsException">InvalidRequest.VoiceFolder.</exception>
    public static IReadOnlyList<string> Find(string? named, string? outputDirectory = null)
    {
        if (named is not null && !Directory.Exists(named))
            throw Errors.NoVoiceFolder(named);
        string? batch = outputDirectory is null ? null : Path.Combine(outputDirectory, OfBatch);
        IEnumerable<string?> all = new[] { named, batch }.Concat(Others()).Append(OfUser());
        return [.. all.OfType<string>().Distinct(RealPath.Comparer)];
    }

    /// <summary>The folder of a new voice: the first one that is named.</summary>
    /// <exception cref="TtsException">InvalidRequest.VoiceFolder.</exception>
    public static string FindToWrite(string? named) =>
        named ?? Others().FirstOrDefault() ?? OfUser() ?? throw Errors.NoUserFolder();

    /// <summary>The folder of this user; null for an account without a home folder.</summary>
    internal static string? OfUser() =>
        UserFolder.TryFind("XDG_DATA_HOME", ".local", "share") is { } data ? Path.Combine(data, OfBatch) : null;

    /// <summary>The absolute paths of a list as in PATH. A relative one would depend on the current folder.</summary>
    internal static IEnumerable<string> Split(string? list) =>
        (list ?? "").Split(Path.PathSeparator).Select(path => path.Trim().Trim('"')).Where(FullPath.IsFull);

    private static IEnumerable<string> Others() => Split(Environment.GetEnvironmentVariable(Variable));
}
