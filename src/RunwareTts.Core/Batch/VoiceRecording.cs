using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>A voice that was kept, and what may be wrong with it.</summary>
internal sealed record KeptRecording(TtsVoice Voice, IReadOnlyList<string> Warnings);

/// <summary>Keeps recordings and results as voices.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="endpoint">The service, whose private network a URL may reach; null for public addresses.</param>
internal sealed class VoiceRecording(string folder, Uri? endpoint)
{
    private const string Parameter = "Path";

    private readonly ClipReader _clips = new(path => path, Parameter);

    /// <summary>What is wrong with a voice before anything is written or downloaded.</summary>
    /// <param name="source">A result with a file, bytes or a URL.</param>
    /// <param name="voice">The voice; its Path does not count.</param>
    /// <param name="replace">It may replace one of its name.</param>
    /// <param name="token">Stops a program that decodes the clip.</param>
    /// <exception cref="TtsException">InvalidRequest.Transcript and others, VoiceExists.</exception>
    public void Check(TtsSpeech source, TtsVoice voice, bool replace, CancellationToken token)
    {
        foreach ((string name, string? text) in
            new[] { ("Transcript", voice.Transcript), ("VoiceDescription", voice.Description) })
        {
            if (text is not null && CellRules.Damage(name, text) is { } damage)
                throw Errors.Invalid(name, damage);
        }

        VoiceKeeper.FindExisting(folder, voice.Name, replace);
        if (SpeechClip.IsSaved(source))
            _clips.ReadFile(source.Path!, Shown(source), null, null, token);
    }

    /// <inheritdoc cref="Check"/>
    public async Task<KeptRecording> KeepAsync(TtsSpeech source, TtsVoice voice, bool replace, CancellationToken token)
    {
        using SpeechClip clip = await SpeechClip.OfAsync(source, folder, endpoint, token).ConfigureAwait(false);
        ClipReading reading =
            _clips.ReadFile(clip.Path, Shown(source), voice.Transcript, voice.NativeLanguage, token);
        string format = _clips.Check(clip.Path, token).Audio!.Format;
        TtsVoice kept = await VoiceKeeper
            .KeepAsync(folder, voice with { Path = clip.Path }, format, replace, token).ConfigureAwait(false);
        return new KeptRecording(kept, kept.Transcript is null
            ? [.. reading.Warnings, $"The voice '{kept.Name}' was kept without a transcript, so only the speaker's "
                + "embedding of its clip is used, and it is less similar. Keep it again with -Force and with what is "
                + "said in the clip as -Transcript."]
            : reading.Warnings);
    }

    private static string Shown(TtsSpeech source) =>
        SpeechClip.IsSaved(source) ? Path.GetFileName(source.Path)!
        : source.AudioUrl is { } url ? Presigned.Mask(url)
        : source.TaskUUID?.ToString() ?? source.Id ?? "the result";
}
