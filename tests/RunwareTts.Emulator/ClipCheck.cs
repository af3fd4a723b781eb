namespace RunwareTts.Emulator;

/// <summary>The reference clip of a Base task. What is missing lets the task fail when it is polled.</summary>
internal sealed record ClipFound(string Sha256, ApiError? Missing);

/// <summary>Reads inputs.audio: a URL, the UUID of stored media, base64, or a data URI.</summary>
internal sealed class ClipCheck(MediaStore store, EmulatorSwitches now)
{
    private const string Parameter = "inputs.audio";

    public ClipFound? Read(Fields fields, List<ApiError> problems)
    {
        if (fields.Inner("inputs", required: true) is not { } inputs) return null;
        var given = inputs.Text("audio", required: true);
        inputs.RefuseUnknown();
        if (given is null) return null;
        if (Guid.TryParseExact(given, "D", out var uuid)) return Stored(uuid, problems);
        if (Sent(given) is { } clip) return new ClipFound(clip.Sha256, null);
        var message = $"'{Parameter}' must be a URL or the UUID of stored media{(now.RefuseInline ? "" : ", or base64")}.";
        problems.Add(ApiError.About("invalid", Parameter, message) with { Type = "string" });
        return null;
    }

    private Clip? Sent(string given)
    {
        if (MediaStore.IsUrl(given)) return store.OfUrl(given);
        return now.RefuseInline ? null : MediaStore.OfInline(given);
    }

    private ClipFound? Stored(Guid uuid, List<ApiError> problems)
    {
        if (store.Find(uuid) is { } media) return new ClipFound(media.Clip.Sha256, null);
        var error = MediaDesk.Unknown(Parameter, now);
        if (now.LateMediaErrors) return new ClipFound("", error);
        problems.Add(error);
        return null;
    }
}
