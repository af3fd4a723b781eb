using RunwareTts.Catalog;
using RunwareTts.Files;

namespace RunwareTts.Voices;

/// <summary>
/// Keeps and removes voices. The clip is written first and the voice file last, so that a kill leaves no half voice;
/// a clip that is replaced has another name until the new file is there.
/// </summary>
internal static class VoiceKeeper
{
    /// <exception cref="TtsException">InvalidRequest.Name.</exception>
    public static void CheckName(string name)
    {
        if (VoiceName.Fault(name) is { } fault)
            throw Errors.BadVoiceName(name, fault);
    }

    /// <summary>The voice that a new one of this name would replace; null for none.</summary>
    /// <exception cref="TtsException">VoiceExists, unless it may be replaced; FileNotReadable.</exception>
    public static VoiceEntry? FindExisting(string folder, string name, bool replace)
    {
        VoiceEntry? existing = new VoiceIndex(folder).Find(name);
        return existing is null || replace ? existing : throw Errors.VoiceExists(existing.Name, existing.File);
    }

    /// <summary>Keeps a voice whose clip (Path) is anywhere.</summary>
    /// <param name="folder">Where it is kept; made where it is missing.</param>
    /// <param name="voice">The voice, with its clip as Path.</param>
    /// <param name="format">The format of the clip, which gives it its extension.</param>
    /// <param name="replace">Replaces a voice of this name.</param>
    /// <param name="token">Stops it.</param>
    /// <returns>The voice with its own clip, and with the name that a replaced one had.</returns>
    /// <exception cref="TtsException">VoiceExists, OutputNotWritten, InvalidRequest.</exception>
    public static async Task<TtsVoice> KeepAsync(
        string folder, TtsVoice voice, string format, bool replace, CancellationToken token)
    {
        CheckName(voice.Name);
        VoiceEntry? old = FindExisting(folder, voice.Name, replace);
        string? oldClip = old is null ? null : TryFindOwnClip(old);
        string file = old?.File ?? VoiceFile.PathOf(folder, voice.Name);
        // A voice is as private as a recording of a person.
        if (folder == VoiceFolders.OfUser())
            PrivateFiles.CreateDirectory(folder);
        string clip = await CopyAsync(
            voice.Path!, file, SpeechCatalog.FindFormat(format)!.Extension, token).ConfigureAwait(false);
        TtsVoice kept = voice with { Name = VoiceFile.NameOf(file), Path = clip };
        try
        {
            await VoiceFile.WriteAsync(file, kept, replace).ConfigureAwait(false);
        }
        catch
        {
            await FileRetry.TidyAsync(clip).ConfigureAwait(false);
            throw;
        }

        if (oldClip is not null)
            await FileRetry.TidyAsync(oldClip).ConfigureAwait(false);
        return kept;
    }

    /// <summary>Removes the file of a voice, and its clip, unless another voice has that too.</summary>
    /// <exception cref="TtsException">OutputNotWritten, FileNotReadable.</exception>
    public static async Task RemoveAsync(VoiceEntry entry)
    {
        string? clip = TryFindOwnClip(entry);
        try
        {
            await FileRetry.DeleteAsync(entry.File).ConfigureAwait(false);
            if (clip is not null)
                await FileRetry.DeleteAsync(clip).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.VoiceNotRemoved(entry.File, e);
        }
    }

    // A voice file may name any file next to it. That of another voice, or what is no audio, must not go away with it.
    private static string? TryFindOwnClip(VoiceEntry entry)
    {
        if (TryFindClip(entry) is not { } clip
            || !SpeechCatalog.Formats.Any(f => clip.EndsWith(f.Extension, StringComparison.OrdinalIgnoreCase)))
            return null;
        bool isShared = new VoiceIndex(Path.GetDirectoryName(clip)!).Entries
            .Any(other => other.File != entry.File && RealPath.Comparer.Equals(TryFindClip(other), clip));
        return isShared ? null : clip;
    }

    // Null for a voice that cannot be read.
    private static string? TryFindClip(VoiceEntry entry)
    {
        try
        {
            return entry.Read().Path;
        }
        catch (TtsException)
        {
            return null;
        }
    }

    private static async Task<string> CopyAsync(
        string source, string voiceFile, string extension, CancellationToken token)
    {
        string folder = Path.GetDirectoryName(voiceFile)!;
        string name = VoiceFile.NameOf(voiceFile);
        string target = Path.Combine(folder, name + extension);
        // It may be the clip of a voice that is replaced, or no clip at all: it stays as it is.
        if (File.Exists(target) || Directory.Exists(target))
            target = Path.Combine(folder, $"{name}-{Guid.NewGuid().ToString("N").Substring(0, 8)}{extension}");
        try
        {
            using PendingFile file = new(target);
            using FileStream clip = new(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await clip.CopyToAsync(file.Stream, 81920, token).ConfigureAwait(false);
            file.Rewind();
            await file.CommitAsync(replace: false).ConfigureAwait(false);
            return target;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.VoiceNotWritten(target, e);
        }
    }
}
