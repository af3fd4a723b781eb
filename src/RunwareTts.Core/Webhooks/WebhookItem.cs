using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Providers.Runware;
using RunwareTts.Providers;

namespace RunwareTts.Webhooks;

/// <summary>One result or error of a delivery. Two with the same key are the same, sent twice.</summary>
internal sealed class WebhookItem
{
    private readonly Guid? _task;
    private readonly SpeechResult? _result;
    private readonly TtsException? _error;

    private WebhookItem(Guid? task, SpeechResult? result, TtsException? error)
    {
        (_task, _result, _error) = (task, result, error);
        // Failures have no audioUUID, so one that reads the same counts as the same. Hashed: a sender chooses the length.
        byte[] told = result is { AudioUuid: null, Url: null, Data: { } data } ? data
            : Encoding.UTF8.GetBytes(error is null ? (result!.AudioUuid ?? result.Url?.OriginalString ?? "").ToUpperInvariant() : $"{error.ErrorId} {error.Message}");
        Key = $"{task} {Convert.ToBase64String(SHA256.HashData(told))}";
    }

    public string Key { get; }

    /// <summary>The items of a body; null when it names no task, or is not JSON.</summary>
    public static IReadOnlyList<WebhookItem>? ReadAll(Stream body, out Refusal? refusal)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            WireAnswer answer = WireAnswer.ReadDelivery(document.RootElement);
            refusal = answer.Tasks.Count == 0 ? new Refusal(400, "The body names no task.") : null;
            if (refusal is not null)
                return null;

            List<WebhookItem> items = [];
            foreach (KeyValuePair<Guid, TaskAnswer> task in answer.Tasks)
            {
                items.AddRange(task.Value.Results.Select(result => new WebhookItem(task.Key, result, null)));
                items.AddRange(task.Value.Errors.Select(error => new WebhookItem(task.Key, null, error)));
            }

            items.AddRange(answer.Unaddressed.Select(error => new WebhookItem(null, null, error)));
            return items;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what System.Text.Json says of strings that are no text.
            refusal = new Refusal(400, "The body is not JSON.");
            return null;
        }
    }

    public BatchEvent ToEvent(WebhookToken token)
    {
        if (_error is not null)
            return new BatchEvent.Failed(Told(_error, token), Source());
        try
        {
            TtsAudioInfo? audio = null;
            if (_result!.Data is { } data)
            {
                using MemoryStream stream = new(data, writable: false);
                audio = AudioInfoReader.Read(stream);
            }

            return new BatchEvent.Spoken(Speech(audio));
        }
        catch (AudioFormatException e)
        {
            return new BatchEvent.Failed(Errors.AudioInvalid("this result", e.Message, Speech(null)), Source());
        }
    }

    // It is about this task alone: others are still on their way, so nothing of it ends the pipeline.
    private TtsException Told(TtsException error, WebhookToken token)
    {
        string message = token.Mask(error.Message);
        return new TtsException(token.Mask(error.ErrorId), error.Kind, _task is null ? message : $"Task {_task} failed: {message}", message == error.Message ? error : null);
    }

    private TtsTask? Source() => _task is { } id ? new TtsTask { TaskUUID = id, Status = "Failed" } : null;

    private TtsSpeech Speech(TtsAudioInfo? audio) => new()
    {
        OutputFormat = audio?.Format ?? (_result!.Url is { } url ? SpeechCatalog.FindFormatByExtension(Path.GetExtension(url.AbsolutePath))?.Name : null),
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
}
