using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Voices;

/// <summary>A clip that may be cloned, and what may be wrong with it.</summary>
public sealed record ClipReading(ReferenceClip Clip, IReadOnlyList<string> Warnings);

/// <summary>Checks clips of reference audio before anything is charged; a file is read once.</summary>
/// <param name="resolve">Makes a PowerShell path absolute.</param>
/// <param name="parameter">The parameter that names the clip, for messages.</param>
public sealed class ClipReader(Func<string, string> resolve, string parameter = "ReferenceAudio")
{
    // One letter is a drive of Windows, and PowerShell's own :: a provider.
    private static readonly Regex Address = new(@"^(?:[A-Za-z][A-Za-z0-9+.-]+:\/\/|data:)", RegexOptions.IgnoreCase);

    private readonly ConcurrentDictionary<FileStamp, ClipCheck> _checked = new();
    private readonly ConcurrentDictionary<TtsVoice, string> _kept = new();

    /// <param name="given">A path, a URL or the UUID of stored media.</param>
    /// <param name="transcript">What is said in it; null where that is not known.</param>
    /// <param name="language">The language of the transcript; null for Auto.</param>
    /// <param name="token">Stops a program that decodes it.</param>
    /// <exception cref="TtsException">InvalidRequest.ReferenceAudio, FileNotReadable.</exception>
    public ClipReading Read(
        string given, string? transcript, string? language, CancellationToken token = default)
    {
        if (Guid.TryParseExact(given, "D", out Guid media))
            return new ClipReading(ReferenceClip.OfMedia(media), []);
        if (IsAddress(given))
            return new ClipReading(ReferenceClip.OfUrl(ReadUrl(given)), []);

        return ReadFile(resolve(given), given, transcript, language, token);
    }

    /// <summary>The same for the clip of a kept voice. New-TtsVoice has given its warnings.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public ClipReading Read(TtsVoice kept, CancellationToken token = default)
    {
        string path = kept.Path!;
        string file = VoiceEntry.Of(kept)!.File;
        try
        {
            ClipCheck check = Check(path, token);
            if (check.Fault is { } fault)
                throw Errors.VoiceInvalid(file, $"Its clip {Path.GetFileName(path)} {fault}");
            // The transcript of this voice may not be that of another clip.
            return _kept.GetOrAdd(kept, check.Sha256) == check.Sha256
                ? new ClipReading(ReferenceClip.OfFile(path, check.Sha256), [])
                : throw Errors.VoiceChanged(kept.Name, path);
        }
        catch (TtsException e) when (e.ErrorId == "FileNotReadable")
        {
            throw Errors.VoiceInvalid(file, $"Its clip {e.Message}", e);
        }
    }

    /// <summary>The same for a file that is shown under another name.</summary>
    internal ClipReading ReadFile(
        string path, string shown, string? transcript, string? language, CancellationToken token)
    {
        ClipCheck check = Check(path, token);
        return check.Fault is { } fault ? throw Errors.BadClip(parameter, shown, fault)
            : new ClipReading(ReferenceClip.OfFile(path, check.Sha256),
                [.. Warnings($"{parameter} '{shown}'", check, transcript, language)]);
    }

    /// <summary>What was given is a URL of some kind, and no path.</summary>
    internal static bool IsAddress(string given) => Address.IsMatch(given);

    /// <exception cref="TtsException">FileNotReadable.</exception>
    internal ClipCheck Check(string path, CancellationToken token)
    {
        try
        {
            FileStamp stamp = FileStamp.Of(path);
            if (!_checked.TryGetValue(stamp, out ClipCheck? check))
                _checked[stamp] = check = ClipCheck.Of(stamp, token);
            return check;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.FileNotReadable(path, e);
        }
    }

    private static IEnumerable<string> Warnings(
        string subject, ClipCheck check, string? transcript, string? language)
    {
        Limits limits = SpeechCatalog.Limits;
        if (check.Seconds < limits.ShortClipSeconds || check.Seconds > limits.LongClipSeconds)
            yield return FormattableString.Invariant($"{subject} is {check.Seconds:0.##} s long. ")
                + $"The voice is most similar with clips of {limits.ShortClipSeconds} to {limits.LongClipSeconds} s.";
        if (check.Audio!.Faults.Contains(nameof(AudioFaults.Damaged)))
            yield return $"{subject} is damaged: some of its audio is missing or wrong. Listen to it first.";
        if (transcript is not null && SpeechLength.FindPaceDoubt(check.Seconds, transcript, language) is { } doubt)
            yield return FormattableString.Invariant($"{subject} is {check.Seconds:0.##} s long, which is ")
                + $"{(doubt == "TooLong" ? "too long" : "too short")} for its Transcript of "
                + FormattableString.Invariant($"{PlainText.CodePoints(transcript)} characters ")
                + $"('{Words.Short(transcript)}'). Check that the Transcript is all that is said in the clip, and "
                + "nothing else: the voice depends on it.";
    }

    private Uri ReadUrl(string given) =>
        // A result shows a URL without what opened it.
        !given.Contains("****") && Uri.TryCreate(given, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url : throw Errors.BadClipAddress(parameter, given);
}
