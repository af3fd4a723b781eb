using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Makes the TtsSpeech and TtsTask objects from requests and results.</summary>
internal static class SpeechFactory
{
    public const string Unchanged = "Unchanged";
    private const string Completed = "Completed";

    /// <summary>A new result, not saved yet.</summary>
    /// <param name="request">The request.</param>
    /// <param name="result">The result of the provider.</param>
    /// <param name="provider">Its name.</param>
    /// <param name="task">Its task.</param>
    /// <param name="row">The row for InputObject, without secrets.</param>
    public static TtsSpeech Of(
        SpeechRequest request, SpeechResult result, string provider, Guid? task, object? row) => new()
    {
        Id = request.Id,
        Text = request.Text,
        Model = request.ModelName,
        Voice = request.Voice,
        Style = request.Style,
        VoiceDescription = request.VoiceDescription,
        ReferenceAudio = request.KeptVoice is null ? request.Clip?.Shown : null,
        Transcript = request.KeptVoice is null ? request.Transcript : null,
        Language = request.Language,
        Speed = request.Speed?.ToString(CultureInfo.InvariantCulture),
        OutputFormat = request.OutputFormat,
        Bitrate = request.Bitrate,
        SampleRate = request.SampleRate,
        Channels = request.Channels,
        MaxNewTokens = request.MaxNewTokens,
        Option = request.Option?.ToTable(),
        IsCut = result.IsCut,
        AudioUrl = result.Url?.OriginalString,
        AudioData = result.Data,
        Cost = result.Cost,
        TaskUUID = task,
        AudioUUID = result.AudioUuid,
        Provider = provider,
        Status = Completed,
        InputObject = row,
    };

    /// <summary>A result of a task that was charged before, so its cost is 0.</summary>
    /// <param name="row">The row that gets it.</param>
    /// <param name="known">The task that made it.</param>
    /// <param name="result">The result.</param>
    /// <param name="provider">The provider of this run.</param>
    public static TtsSpeech OfTask(PlannedRow row, LedgerEvent known, SpeechResult result, ISpeechProvider provider) =>
        OfTask(row.Request!, known, result, provider, row.Kept);

    /// <inheritdoc cref="OfTask(PlannedRow, LedgerEvent, SpeechResult, ISpeechProvider)"/>
    public static TtsSpeech OfTask(
        SpeechRequest request, LedgerEvent known, SpeechResult result, ISpeechProvider provider, object? kept) =>
        Of(request, result, provider.Name, known.Task, kept) with
        {
            Cost = provider.ChargesNothing ? null : 0,
            Voice = known.Chosen ?? request.Voice,
            Parts = known.Parts,
            Suspect = known.Suspect,
            Status = Unchanged,
        };

    /// <summary>A result of a task in the ledger.</summary>
    public static SpeechResult ResultOf(LedgerEvent known, int index)
    {
        LedgerResult? result = known.Results?.ElementAtOrDefault(index);
        return new SpeechResult(result?.Audio, result?.Address, null, null);
    }

    /// <summary>A saved file, as the ledger has it.</summary>
    public static TtsSpeech OfFile(
        SpeechRequest request, LedgerEvent saved, string path, ISpeechProvider provider, object? kept) =>
        WithAudio(
            OfTask(request, saved, ResultOf(saved, saved.Index ?? 0), provider, kept),
            path, saved.Audio is { } audio ? audio.ToInfo() with { Path = path } : null, saved.Bytes);

    /// <inheritdoc cref="OfFile(SpeechRequest, LedgerEvent, string, ISpeechProvider, object?)"/>
    public static TtsSpeech OfFile(PlannedRow row, LedgerEvent saved, string path, ISpeechProvider provider) =>
        OfFile(row.Request!, saved, path, provider, row.Kept);

    /// <summary>Adds the real format and length of the audio, and Suspect if that length is doubtful.</summary>
    /// <param name="speech">A result.</param>
    /// <param name="path">Its file; null where it is in memory.</param>
    /// <param name="audio">What the audio is.</param>
    /// <param name="size">Bytes.</param>
    public static TtsSpeech WithAudio(TtsSpeech speech, string? path, TtsAudioInfo? audio, long? size)
    {
        TtsSpeech made = speech with
        {
            Path = path,
            Audio = audio,
            Size = size,
            AudioData = path is null ? speech.AudioData : null,
        };
        // A joined file is as doubtful as its worst part.
        return made.Parts is null ? made with { Suspect = made.Suspect ?? SpeechLength.FindDoubt(made) } : made;
    }

    public static TtsTask Task(
        PlannedRow row, Guid id, string? endpoint, bool isDone, DateTimeOffset submitted) => new()
    {
        TaskUUID = id,
        Id = row.Request!.Id,
        Text = row.Request.Text,
        Model = row.Request.ModelName,
        Voice = row.Request.Voice,
        Language = row.Request.Language,
        Speed = row.Request.Speed?.ToString(CultureInfo.InvariantCulture),
        OutputFormat = row.Request.OutputFormat,
        OutputPath = row.Target is { Directory: null } alone ? Path.GetFileName(alone.FullPath) : row.Target?.Name,
        OutputDirectory = row.Target?.Directory ?? Path.GetDirectoryName(row.Target?.FullPath),
        NumberResults = row.Request.NumberResults,
        MaxNewTokens = row.Request.MaxNewTokens,
        Submitted = submitted,
        Status = isDone ? Completed : "Processing",
        Endpoint = endpoint,
    };
}
