using System.Globalization;
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

    public static TtsTask Task(PlannedRow row, Guid id, string? endpoint) => new()
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
        Submitted = DateTimeOffset.UtcNow,
        Status = "Processing",
        Endpoint = endpoint,
    };

    /// <summary>A short name for messages: the row's Id, else its place.</summary>
    public static string NameOf(PlannedRow row) => row.Id is { } id ? $"'{id}'" : $"row {row.Index.ToString(CultureInfo.InvariantCulture)}";
}
