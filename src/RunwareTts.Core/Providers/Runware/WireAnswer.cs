using System.Text.Json;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>An answer of the service: what it says of each task, and errors that name none.</summary>
internal sealed class WireAnswer
{
    private static readonly string[] AudioFields = ["audioUUID", "audioURL", "audioBase64Data", "audioDataURI"];
    private static readonly string[] ErrorFields = ["code", "message", "errorId", "errorMessage"];
    private static readonly string[] WrapperFields = ["data", "errors", "code", "errorMessage"];

    private readonly Dictionary<Guid, TaskAnswer> _tasks = [];
    private readonly List<RunwareException> _unaddressed = [];
    private readonly List<WireError> _nameless = [];
    private readonly List<JsonElement> _others = [];
    private readonly WireContext _context;

    private WireAnswer(WireContext context) => _context = context;

    public IReadOnlyDictionary<Guid, TaskAnswer> Tasks => _tasks;

    /// <summary>Items that are not about speech.</summary>
    public IReadOnlyList<JsonElement> Others => _others;

    /// <summary>Errors without a taskUUID, which are about the request as a whole.</summary>
    public IReadOnlyList<RunwareException> Unaddressed => _unaddressed;

    public TtsException? FirstError =>
        _unaddressed.FirstOrDefault() ?? _tasks.Values.SelectMany(t => t.Errors).FirstOrDefault();

    /// <summary>The cost that a dry run gives, whatever the shape of its items is.</summary>
    public decimal? Price { get; private set; }

    public static WireAnswer Read(JsonElement root, WireContext context)
    {
        WireAnswer answer = new(context);
        Guid? task = root.GetId("taskUUID");
        JsonElement? data = root.ValueKind == JsonValueKind.Array ? root : root.Get("data");
        JsonElement? errors = root.Get("errors");
        JsonElement? error = root.Get("error");
        answer.ReadItems(data);
        answer.ReadErrors(errors, task);
        if (error is { ValueKind: JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String })
            answer.ReadErrors(error, task);
        else if (error is { ValueKind: JsonValueKind.True } || data is null && errors is null && IsBareError(root))
            answer.AddError(root, task);
        answer.SettleNameless();
        return answer;
    }

    /// <summary>Reads a delivery: one item without a wrapper, or any shape of an answer.</summary>
    public static WireAnswer ReadDelivery(JsonElement root)
    {
        WireContext context = new(200);
        if (root.ValueKind == JsonValueKind.Array || HasAny(root, WrapperFields))
            return Read(root, context);
        WireAnswer answer = new(context);
        answer.ReadItems(root);
        answer.SettleNameless();
        return answer;
    }

    private void ReadItems(JsonElement? data)
    {
        if (data is { ValueKind: JsonValueKind.Object } item)
            ReadItem(item);
        else if (data is { ValueKind: JsonValueKind.Array } items)
            foreach (JsonElement one in items.EnumerateArray())
                ReadItem(one);
    }

    private void ReadItem(JsonElement item)
    {
        Guid? task = item.GetId("taskUUID") ?? _context.OnlyTask;
        string? status = item.GetText("status");
        JsonElement? error = item.Get("error");
        if (status == "error" || error is { ValueKind: JsonValueKind.Object } || IsBareError(item))
        {
            bool isInside = error is { ValueKind: JsonValueKind.Object or JsonValueKind.String }
                || error is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;
            ReadErrors(isInside ? error : item, task, isTaskState: status == "error");
            return;
        }

        if (item.GetNumber("cost") is { } cost)
            Price = (Price ?? 0) + cost;
        if (item.GetText("taskType") is { } type && type != "audioInference")
        {
            _others.Add(item.Clone());
            return;
        }

        if (task is not { } id || item.GetId("taskUUID") is null && status is null && !HasAny(item, AudioFields))
            return;
        TaskAnswer known = Known(id);
        _tasks[id] = WireResult.Read(item, status) is { } result
            ? known with { Results = Add(known.Results, result) }
            : known with { IsRunning = true, Progress = Percent(item) ?? known.Progress };
    }

    private static int? Percent(JsonElement item) =>
        item.Get("progress") is { ValueKind: JsonValueKind.Number } progress && progress.TryGetInt32(out int percent)
            ? percent : null;

    private TaskAnswer Known(Guid task) => _tasks.TryGetValue(task, out TaskAnswer? known) ? known : new TaskAnswer();

    // One result that is listed twice is one result, and all that is said of it counts.
    private static IReadOnlyList<SpeechResult> Add(IReadOnlyList<SpeechResult> known, SpeechResult result)
    {
        int same = known.TakeWhile(k => result.AudioUuid is null || k.AudioUuid != result.AudioUuid).Count();
        if (same == known.Count)
            return [.. known, result];
        SpeechResult first = known[same];
        SpeechResult whole = first with
        {
            Url = first.Url ?? result.Url,
            Data = first.Data ?? result.Data,
            Cost = first.Cost ?? result.Cost,
        };
        return [.. known.Take(same), whole, .. known.Skip(same + 1)];
    }

    // An error object alone, the legacy one too. An acknowledgement names its task as well, and has no code.
    private static bool IsBareError(JsonElement item) =>
        !HasAny(item, AudioFields)
        && item.GetText("status") is null or "error"
        && (item.GetText("code") is not null || item.Get("errorMessage") is not null
            || item.Get("taskType") is null && HasAny(item, ErrorFields));

    private static bool HasAny(JsonElement item, string[] names) => names.Any(name => item.Get(name) is not null);

    private void ReadErrors(JsonElement? errors, Guid? task, bool isTaskState = false)
    {
        if (errors is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
            AddError(error, task, isTaskState);
        else if (errors is { ValueKind: JsonValueKind.Array } several)
            foreach (JsonElement one in several.EnumerateArray())
                AddError(one, task, isTaskState);
    }

    private void AddError(JsonElement error, Guid? task, bool isTaskState = false)
    {
        WireError wire = WireError.Read(error, task ?? _context.OnlyTask, _context);
        if (isTaskState)
            wire = wire with { IsTaskState = true };
        if (wire.TaskUuid is { } id)
            AddError(id, wire);
        else
            _nameless.Add(wire);
    }

    private void AddError(Guid task, WireError wire)
    {
        TaskAnswer known = Known(task);
        RunwareException error = RunwareException.From(wire with { TaskUuid = task });
        _tasks[task] = known with { Errors = [.. known.Errors, error] };
    }

    // In a good answer about one task an error is that task's, unless it may be about the asking only.
    private void SettleNameless()
    {
        Guid? asked = _context.Status < 400 ? _context.AskedTask : null;
        foreach (WireError wire in _nameless)
        {
            if (asked is { } task && (_tasks.ContainsKey(task) || !ErrorClass.Of(wire.Code, _context.Status).MayPass))
                AddError(task, wire);
            else
                _unaddressed.Add(RunwareException.From(wire));
        }
    }
}
