using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>Takes one task of an array and puts its part into the reply.</summary>
internal sealed class TaskDesk(TaskBook book, MediaStore store, SwitchBoard switches, EmulatorRecord record)
{
    public const string GetResponse = "getResponse";
    public const string GetTaskDetails = "getTaskDetails";
    private const string Ping = "ping";
    private const string AccountManagement = "accountManagement";
    private const decimal OpeningBalance = 25m;
    private static readonly string[] TaskTypes =
        [ResultItems.AudioInference, GetResponse, GetTaskDetails, MediaDesk.MediaStorage, Ping, AccountManagement];
    private static readonly string[] Operations = ["getDetails"];
    private readonly MediaDesk _media = new(store, switches, record);

    public static string TypeOf(JsonElement task) => TextOf(task, "taskType") ?? "";

    public void Take(JsonElement task, bool dryRun, Uri home, Reply reply)
    {
        List<ApiError> problems = [];
        switch (TypeOf(task))
        {
            case ResultItems.AudioInference:
                Speak(task, dryRun, home, problems, reply);
                break;
            case GetResponse:
                Poll(task, problems, reply);
                break;
            case GetTaskDetails:
                Details(task, problems, reply);
                break;
            case MediaDesk.MediaStorage:
                _media.Take(task, home, problems, reply);
                break;
            case Ping:
                reply.Data.Add(Answer(task, ("pong", true)));
                break;
            case AccountManagement:
                Account(task, problems, reply);
                break;
            default:
                problems.Add(ApiError.About("unsupported", "taskType", "Not a task type of this service.") with
                {
                    Type = "string",
                    AllowedValues = TaskTypes,
                });
                break;
        }

        reply.AnyTaken |= problems.Count == 0;
        reply.ErrorStatus ??= problems.Find(problem => problem.HttpStatus is not null)?.HttpStatus;
        foreach (var problem in problems)
            reply.Errors.Add(problem.ToJson(TextOf(task, "taskType"), TextOf(task, "taskUUID")));
    }

    private void Speak(JsonElement task, bool dryRun, Uri home, List<ApiError> problems, Reply reply)
    {
        var now = switches.Now;
        var order = now.OtherModels && OtherModel.Is(task)
            ? OtherModel.Read(task, problems)
            : new AudioTaskCheck(store, now).Read(task, problems);
        if (order is null) return;
        if (dryRun)
        {
            reply.Data.Add(ResultItems.Priced(order));
            return;
        }
        if (book.Accept(order, task, home, reply.Failing) is not { } accepted)
            problems.Add(ApiError.About("conflict", "taskUUID", "This taskUUID was used before.") with { Type = "string" });
        else if (order.AnsweredLater && reply.Failing != Failing.Everything)
            reply.Data.Add(ResultItems.Acknowledged(order));
        else
            reply.Waiting.Add(accepted);
    }

    private void Poll(JsonElement task, List<ApiError> problems, Reply reply)
    {
        if (Named(task, problems) is not { } uuid) return;
        if (_media.Poll(uuid) is { } upload) reply.Data.Add(upload);
        if (book.Find(uuid) is not { Forgotten: false } found) return;
        found.Fail(reply.Failing);
        foreach (var result in found.Results)
            reply.Data.Add(ResultItems.Polled(found, result));
    }

    private void Details(JsonElement task, List<ApiError> problems, Reply reply)
    {
        if (Named(task, problems) is not { } uuid) return;
        if (book.Find(uuid) is { } found)
            reply.Data.Add(Answer(task, ("request", new JsonArray(JsonNode.Parse(found.Request))), ("response", ResultItems.Archived(found))));
        else
            problems.Add(new ApiError(ApiError.TaskNotFound, "There never was a task of this taskUUID.") { Parameters = ["taskUUID"] });
    }

    private static string? Named(JsonElement task, List<ApiError> problems)
    {
        var fields = new Fields(task, "", problems);
        fields.Text("taskType");
        var uuid = fields.Uuid("taskUUID");
        fields.RefuseUnknown();
        return problems.Count == 0 ? uuid : null;
    }

    private void Account(JsonElement task, List<ApiError> problems, Reply reply)
    {
        var fields = new Fields(task, "", problems);
        if (fields.OneOf("operation", Operations) is null) return;
        var used = new JsonObject { ["credits"] = record.Charged, ["requests"] = record.ChargedTasks };
        reply.Data.Add(Answer(
            task,
            ("operation", Operations[0]),
            ("organizationName", "Emulator"),
            ("organizationUUID", "0f6cfb5f-6c1b-4b7c-9f53-2f4a5d1f6a10"),
            ("balance", new JsonObject { ["amount"] = OpeningBalance - record.Charged, ["currency"] = "USD" }),
            ("team", new JsonArray()),
            ("apiKeys", new JsonArray()),
            ("usage", new JsonObject
            {
                ["today"] = used,
                ["last7Days"] = used.DeepClone(),
                ["last30Days"] = used.DeepClone(),
                ["total"] = used.DeepClone(),
            })));
    }

    private static JsonObject Answer(JsonElement task, params ReadOnlySpan<(string Name, JsonNode Value)> fields)
    {
        var answer = new JsonObject { ["taskType"] = TypeOf(task) };
        if (TextOf(task, "taskUUID") is { } uuid) answer["taskUUID"] = uuid;
        foreach (var (name, value) in fields)
            answer[name] = value;
        return answer;
    }

    private static string? TextOf(JsonElement task, string name) =>
        task.ValueKind == JsonValueKind.Object && task.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
