using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunwareTts.Emulator;

/// <summary>How the service behaves where no page is clear. Can change while the emulator runs.</summary>
public sealed record EmulatorSwitches
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>CustomVoice refuses the voice <c>auto</c>, as the service of 2026-10 probably does.</summary>
    public bool RefuseAuto { get; init; }

    /// <summary>A model id that is not known is taken, with all its fields unchecked.</summary>
    public bool OtherModels { get; init; }

    /// <summary>The error code for media that is not stored here. No page names it.</summary>
    public string MediaErrorCode { get; init; } = "mediaNotFound";

    /// <summary>The HTTP status that goes with it.</summary>
    public int MediaErrorStatus { get; init; } = 400;

    /// <summary>Such a task is accepted and fails when it is polled, free of charge.</summary>
    public bool LateMediaErrors { get; init; }

    /// <summary>inputs.audio takes a URL or a UUID only, as the model's schema has it.</summary>
    public bool RefuseInline { get; init; }

    /// <summary>Every upload is refused with this code.</summary>
    public string? RefuseUploads { get; init; }

    /// <summary>The HTTP status that goes with <see cref="RefuseUploads"/> and <see cref="FailUpload"/>.</summary>
    public int UploadErrorStatus { get; init; } = 400;

    /// <summary>The upload of this number, counted from 1 since the start, is refused with uploadFailed.</summary>
    public int FailUpload { get; init; }

    /// <summary>Uploads answer mediaUUID "1", and getResponse gives the real one at this number of asking.</summary>
    public int UploadPolls { get; init; }

    /// <summary>An upload is stored at once and answered this many seconds later.</summary>
    public double UploadSeconds { get; init; }

    /// <summary>These switches with the ones changed that the JSON object names.</summary>
    /// <exception cref="JsonException">It is no JSON object, or names something that is no switch.</exception>
    public EmulatorSwitches With(string json)
    {
        using var changes = JsonDocument.Parse(json);
        if (changes.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("Switches are a JSON object.");
        var all = JsonSerializer.SerializeToNode(this, Strict)!.AsObject();
        foreach (var change in changes.RootElement.EnumerateObject())
            all[change.Name] = JsonSerializer.SerializeToNode(change.Value);
        var changed = JsonSerializer.Deserialize<EmulatorSwitches>(all, Strict)!;
        if (changed.UploadSeconds < 0 || changed.UploadPolls < 0 || changed.FailUpload < 0)
            throw new JsonException("A number of a switch is 0 or more.");
        if (!IsStatus(changed.MediaErrorStatus) || !IsStatus(changed.UploadErrorStatus))
            throw new JsonException("A status is 200 to 599.");
        return changed;
    }

    private static bool IsStatus(int status) => status is >= 200 and <= 599;

    public string ToJson() => JsonSerializer.Serialize(this, Strict);
}
