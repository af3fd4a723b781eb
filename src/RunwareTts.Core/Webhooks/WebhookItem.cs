using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Providers;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Webhooks;

/// <summary>One result or error of a delivery. Two with the same key are the same, sent twice.</summary>
internal sealed class WebhookItem
{
    private readonly Guid? _task;
    private readonly SpeechResult? _result;
    private readonly TtsException? _error;

    private WebhookItem(Guid? task, SpeechResult result) =>
        (_task, _result, Key) = (task, result, KeyOf(task, result switch
        {
            { AudioUuid: { } audio } => Bytes(audio),
            { Url: { } url } => Bytes(url.OriginalString),
            { Data: { } data } => data,
            _ => [],
        }));

    // Failures have no audioUUID, so that one with the same words counts as the same.
    private WebhookItem(Guid? task, TtsException error) =>
        (_task, _error, Key) = (task, error, KeyOf(task, Encoding.UTF8.GetBytes($"{error.ErrorId} {error.Message}")));

    public string Key { get; }

    /// <summary>The items of a body; null when it names no task, or is not JSON.</summary>
    public static IReadOnlyList<WebhookItem>? ReadAll(Stream body, out WebhookRefusal? refusal)
    {
        refusal = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            WireAnswer answer = WireAnswer.ReadDelivery(document.RootElement);
            if (answer.Tasks.Count > 0)
                return
                [
                    .. answer.Tasks.SelectMany(task => (IEnumerable<WebhookItem>)
                    [
                        .. task.Value.Results.Select(result => new WebhookItem(task.Key, result)),
                        .. task.Value.Errors.Select(error => new WebhookItem(task.Key, error)),
                    ]),
                    .. answer.Unaddressed.Select(error => new WebhookItem(null, error)),
                ];
            refusal = new WebhookRefusal(400, "The body names no task.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // System.Text.Json throws the second for strings that are no text.
            refusal = new WebhookRefusal(400, "The body is not JSON.");
        }

        return null;
    }

    public BatchEvent ToEvent(WebhookToken token)
    {
        if (_error is not null)
            return new BatchEvent.RowFailed(Masked(_error, token), FailedTask());
        try
        {
            TtsAudioInfo? audio = null;
            if (_result!.Data is { } data)
            {
                using MemoryStream stream = new(data, writable: false);
                audio = AudioInfoReader.Read(stream);
            }

            return new BatchEvent.SpeechMade(Speech(audio));
        }
        catch (AudioFormatException e)
        {
            return new BatchEvent.RowFailed(Errors.AudioInvalid("this result", e.Message, Speech(null)), FailedTask());
        }
    }

    // Hashed, because a sender chooses the length.
    private static string KeyOf(Guid? task, byte[] identity) =>
        $"{task} {Convert.ToBase64String(SHA256.HashData(identity))}";

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name.ToUpperInvariant());

    // It is about this task alone: others are still on their way, so nothing of it ends the pipeline.
    private TtsException Masked(TtsException error, WebhookToken token)
    {
        string message = token.Mask(error.Message);
        return new TtsException(token.Mask(error.ErrorId), error.Kind,
            _task is null ? message : $"Task {_task} failed: {message}", message == error.Message ? error : null);
    }

    private TtsTask? FailedTask() => _task is { } id ? new TtsTask { TaskUUID = id, Status = "Failed" } : null;

    private TtsSpeech Speech(TtsAudioInfo? audio) => new()
    {
        OutputFormat = audio?.Format ?? FormatOf(_result!.Url),
        AudioUrl = _result!.Url?.OriginalString,
        AudioData = _result.Data,
        Audio = audio,
        Size = _result.Data?.Length,
        Cost = _result.Cost,
        TaskUUID = _task,
        AudioUUID = _result.AudioUuid,
        Attempts = 1,
        Provider = "Runware",
        Status = "Completed",
    };

    private static string? FormatOf(Uri? url) =>
        url is null ? null : SpeechCatalog.FindFormatByExtension(Path.GetExtension(url.AbsolutePath))?.Name;
}
