using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>Takes the tasks that store and delete media.</summary>
internal sealed class MediaDesk(MediaStore store, SwitchBoard switches, EmulatorRecord record)
{
    public const string MediaStorage = "mediaStorage";
    private const string StillProcessing = "1";
    private static readonly string[] Operations = ["upload", "delete"];

    public void Take(JsonElement task, Uri home, List<ApiError> problems, Reply reply)
    {
        var fields = new Fields(task, "", problems);
        fields.Text("taskType");
        var uuid = fields.Uuid("taskUUID");
        var operation = fields.OneOf("operation", Operations);
        if (operation == "upload") Upload(fields, uuid, home, problems, reply);
        else if (operation == "delete") Delete(fields, uuid, problems, reply);
    }

    /// <summary>The answer of getResponse to an upload; null when this was none.</summary>
    public JsonObject? Poll(string taskUuid)
    {
        if (store.OfTask(taskUuid) is not { } media) return null;
        var isThere = media.Ask();
        var item = isThere ? Stored(media) : Named(taskUuid);
        item["status"] = isThere ? "success" : "processing";
        return item;
    }

    /// <summary>Media that a task names and that is not here.</summary>
    public static ApiError Unknown(string parameter, EmulatorSwitches now) =>
        new(now.MediaErrorCode, $"The media of '{parameter}' was not found.")
        {
            Parameters = [parameter],
            HttpStatus = now.MediaErrorStatus,
        };

    private void Upload(Fields fields, string? uuid, Uri home, List<ApiError> problems, Reply reply)
    {
        var given = fields.Text("media", required: true);
        fields.RefuseUnknown();
        if (problems.Count > 0) return;
        var clip = MediaStore.IsUrl(given!) ? store.OfUrl(given!) : MediaStore.OfInline(given!);
        if (clip is null)
        {
            const string Message = "'media' must be a URL, a data URI or base64.";
            problems.Add(ApiError.About("invalid", "media", Message) with { Type = "string" });
            return;
        }
        var number = record.UploadCame();
        if (Refusal(switches.Now, number, reply) is { } refusal)
        {
            problems.Add(refusal);
            return;
        }
        var media = new StoredMedia(uuid!, clip, home, switches.Now.UploadPolls);
        store.Add(media);
        record.Uploaded(clip);
        reply.AnyUpload = true;
        var item = Stored(media);
        if (media.AnsweredLater)
        {
            item["mediaUUID"] = StillProcessing;
            item.Remove("mediaURL");
        }
        reply.Data.Add(item);
    }

    private static ApiError? Refusal(EmulatorSwitches now, int number, Reply reply)
    {
        var code = now.RefuseUploads is { Length: > 0 } asked ? asked
            : now.FailUpload == number || reply.Failing == Failing.Everything ? "uploadFailed"
            : null;
        return code is null
            ? null
            : new ApiError(code, "The media was not stored: a refusal on demand.")
            {
                HttpStatus = now.UploadErrorStatus,
            };
    }

    private void Delete(Fields fields, string? uuid, List<ApiError> problems, Reply reply)
    {
        var given = fields.Text("mediaUUID", required: true);
        fields.RefuseUnknown();
        if (problems.Count > 0) return;
        if (!Guid.TryParseExact(given, "D", out var media) || !store.Delete(media))
        {
            problems.Add(Unknown("mediaUUID", switches.Now));
            return;
        }
        record.Deleted();
        var item = Named(uuid!);
        item["mediaUUID"] = given;
        reply.Data.Add(item);
    }

    private static JsonObject Named(string uuid) => new() { ["taskType"] = MediaStorage, ["taskUUID"] = uuid };

    private static JsonObject Stored(StoredMedia media)
    {
        var item = Named(media.TaskUuid);
        item["mediaUUID"] = media.Uuid.ToString();
        item["mediaURL"] = media.Url.AbsoluteUri;
        return item;
    }
}
