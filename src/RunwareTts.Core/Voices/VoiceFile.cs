using System.Text.Json;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>A kept voice on disk: NAME.ttsvoice.json, and the clip next to it.</summary>
internal static class VoiceFile
{
    public const string Suffix = ".ttsvoice.json";

    private const int MaxBytes = 64 * 1024;

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + Suffix);

    public static string NameOf(string path)
    {
        string file = Path.GetFileName(path);
        return file.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            ? file.Substring(0, file.Length - Suffix.Length) : file;
    }

    public static bool IsNamedSo(string path) =>
        path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && NameOf(path).Length > 0;

    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public static TtsVoice Read(string path)
    {
        if (VoiceName.Fault(NameOf(path)) is { } name)
            throw Errors.VoiceInvalid(path, $"Its name {name}");
        VoiceData data = Parse(path, ReadBytes(path));
        if (Fault(data) is { } fault)
            throw Errors.VoiceInvalid(path, fault);
        return new TtsVoice
        {
            Name = NameOf(path),
            Kind = TtsVoice.Kept,
            NativeLanguage = SpeechCatalog.ReadNativeLanguage(data.Language),
            Description = CellParser.Clean(data.Description),
            Model = SpeechCatalog.Base.Name,
            Path = FindClip(path, data.Clip),
            Transcript = CellParser.Clean(data.Transcript),
            Cost = data.Cost,
        };
    }

    /// <summary>Writes the file of a voice whose clip (Path) stands in the same folder.</summary>
    /// <exception cref="TtsException">VoiceExists, OutputNotWritten, InvalidRequest.Transcript.</exception>
    public static async Task WriteAsync(string path, TtsVoice voice, bool replace)
    {
        VoiceData data = new()
        {
            Version = VoiceData.Current,
            Clip = Path.GetFileName(voice.Path),
            Transcript = voice.Transcript,
            Language = voice.NativeLanguage,
            Description = voice.Description,
            Cost = voice.Cost,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(data, VoiceJson.Files.VoiceData);
        if (json.Length > MaxBytes)
            throw Errors.TranscriptTooLong(voice.Transcript ?? "", MaxBytes);
        try
        {
            using PendingFile file = new(path);
            await file.Stream.WriteAsync(json.AsMemory()).ConfigureAwait(false);
            file.Rewind();
            await file.CommitAsync(replace).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw !replace && File.Exists(path) ? Errors.VoiceExists(NameOf(path), path)
                : Errors.VoiceNotWritten(path, e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            long length = FileStamp.Of(path).Length;
            if (length is 0 or > MaxBytes)
                throw Errors.VoiceInvalid(path, length == 0 ? "It is empty or not a regular file."
                    : FormattableString.Invariant($"It has {length} bytes, and {MaxBytes} are allowed."));
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.VoiceInvalid(path, $"It cannot be read: {Sentence.End(e.Message)}", e);
        }
    }

    private static VoiceData Parse(string path, byte[] json)
    {
        ReadOnlySpan<byte> content = json;
        if (content.StartsWith(Mark))
            content = content.Slice(Mark.Length);
        try
        {
            return JsonSerializer.Deserialize(content, VoiceJson.Files.VoiceData)
                ?? throw Errors.VoiceInvalid(path, "It holds null.");
        }
        catch (JsonException e)
        {
            string line = FormattableString.Invariant($"{e.LineNumber + 1 ?? 1}");
            string field = e.Path is null or "$" ? "" : $", field {e.Path}";
            throw Errors.VoiceInvalid(path, $"It is not the JSON of a voice in UTF-8 (line {line}{field}).", e);
        }
    }

    private static string? Fault(VoiceData data) =>
        data.Version < 1 ? "It has no version."
        : data.Version > VoiceData.Current ? FormattableString.Invariant(
            $"It has version {data.Version}, and this module knows {VoiceData.Current} only; update the module.")
        : data.Language is { } language && SpeechCatalog.FindLanguage(language) is null
            ? $"Its language '{Words.Short(language)}' is unknown; Get-TtsLanguage lists them."
        : CellRules.Damage("Its transcript", data.Transcript ?? "")
            ?? CellRules.Damage("Its description", data.Description ?? "");

    private static string FindClip(string path, string? clip)
    {
        if (string.IsNullOrWhiteSpace(clip))
            throw Errors.VoiceInvalid(path, "It names no clip.");
        // One that could be anywhere would be uploaded from anywhere.
        if (clip is "." or ".." || SafeName.Fault(clip!) is not null)
            throw Errors.VoiceInvalid(path, $"Its clip '{Words.Short(clip!)}' is not the plain name of a file next to "
                + "it.");
        string folder = Path.GetDirectoryName(path)!;
        string full = Path.Combine(folder, clip);
        if (RealPath.LeadsOut(full, folder))
            throw Errors.VoiceInvalid(path, $"Its clip '{clip}' is a link that leads out of the folder.");
        return File.Exists(full) ? full : throw Errors.VoiceInvalid(path, $"Its clip '{clip}' does not exist.");
    }
}
