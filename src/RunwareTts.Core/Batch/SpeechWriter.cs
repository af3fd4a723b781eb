using System.Globalization;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Makes the objects that a user sees from what was asked for and what came of it.</summary>
internal static class SpeechWriter
{
    public static TtsSpeech Speech(SpeechRequest request, Saved saved, string provider, Guid? task, int attempts, TimeSpan elapsed, string status, object? source) => new()
    {
        Id = request.Id,
        Text = request.Text,
        Model = request.ModelName,
        Voice = request.Voice,
        Style = request.Style,
        VoiceDescription = request.VoiceDescription,
        Language = request.Language,
        Speed = request.Speed?.ToString(CultureInfo.InvariantCulture),
        OutputFormat = request.OutputFormat,
        Bitrate = request.Bitrate,
        SampleRate = request.SampleRate,
        Channels = request.Channels,
        MaxNewTokens = request.MaxNewTokens,
        Path = saved.Path,
        AudioUrl = saved.Result.Url?.OriginalString,
        AudioData = saved.Path is null ? saved.Result.Data : null,
        Audio = saved.Audio,
        Size = saved.Size,
        Cost = saved.Result.Cost,
        TaskUUID = task,
        AudioUUID = saved.Result.AudioUuid,
        Elapsed = elapsed,
        Attempts = attempts,
        Provider = provider,
        Status = status,
        InputObject = source,
    };

    /// <summary>A file that is there already, as it was written down.</summary>
    public static TtsSpeech Unchanged(SpeechRequest request, LedgerEvent saved, string path, ISpeechProvider provider, object? kept)
    {
        TtsAudioInfo? audio = saved.Audio is { } known ? known.ToInfo() with { Path = path } : null;
        return Known(request, new Saved(path, audio, saved.Bytes, ResultOf(saved)), saved, provider, kept);
    }

    /// <summary>The result that a file was made of.</summary>
    public static SpeechResult ResultOf(LedgerEvent saved)
    {
        LedgerResult? result = saved.Results?.ElementAtOrDefault(saved.Index ?? 0);
        return new SpeechResult(result?.Audio, result?.Address, null, null);
    }

    /// <summary>What was paid for before costs nothing now.</summary>
    public static TtsSpeech Known(SpeechRequest request, Saved saved, LedgerEvent known, ISpeechProvider provider, object? kept) =>
        Speech(request, saved with { Result = saved.Result with { Cost = provider.IsFree ? null : 0 } }, provider.Name, known.Task, 0, TimeSpan.Zero, "Unchanged", kept) with { Parts = known.Parts, PartSuspect = known.Suspect };

    public static TtsTask Task(PlannedRow row, Guid id, string? endpoint, bool isDone,
        DateTimeOffset submitted) => new()
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
        Status = isDone ? "Completed" : "Processing",
        Endpoint = endpoint,
    };
}
