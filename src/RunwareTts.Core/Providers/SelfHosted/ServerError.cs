using System.Text.Json;
using System.Text.RegularExpressions;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>The body of an HTTP error, in any of the shapes that servers use.</summary>
internal sealed record ServerError(string Message)
{
    private const int MaxLength = 500;
    private const int MaxName = 60;

    private static readonly Regex Space = new(@"\s+", RegexOptions.CultureInvariant);

    private static readonly Regex Number = new(@"\d+", RegexOptions.CultureInvariant);

    /// <summary>The server's code or type of the error; null where it has none.</summary>
    public string? Code { get; private init; }

    /// <summary>The field that it is about.</summary>
    public string? Field { get; private init; }

    /// <summary>It is about instructions that are too long.</summary>
    public bool IsTooLong =>
        (Field is "instructions" or "instruct" || Has("instruct")) && Number.IsMatch(Message)
        && (Has("too long") || Has("exceed") || Has("at most") || Has("max"));

    /// <summary>It says that the server was started with another model.</summary>
    public bool IsOtherModel => Code == "model_not_found" || Field == "model" && Has("not exist")
        || Field == "task_type" || Has("task_type")
        || Has("does not support") && (Has("CustomVoice") || Has("VoiceDesign") || Has("Base task"));

    /// <param name="body">The body of the answer.</param>
    /// <param name="key">Masked in the result.</param>
    public static ServerError Read(string body, ApiKey? key)
    {
        ServerError read = TryJson(body) ?? new ServerError(
            body.TrimStart().StartsWith('<') ? "the answer is a web page" : body);
        return read with
        {
            Message = Clean(read.Message, MaxLength, key) ?? "the server gave no message",
            Code = Clean(read.Code, MaxName, key),
            Field = Clean(read.Field, MaxName, key),
        };
    }

    private static string? Clean(string? words, int length, ApiKey? key)
    {
        string clean = Space.Replace(ForeignWords.Clean(words ?? "", key), " ").Trim();
        return clean.Length == 0 ? null
            : clean.Length <= length ? clean : $"{clean.Substring(0, length)}...";
    }

    private bool Has(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static ServerError? TryJson(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return Of(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // OpenAI: {"error":{message,type,param,code}}. FastAPI: {"detail":text, object or list of {loc,msg}}.
    // Others have a message next to an error that is only a name.
    private static ServerError Of(JsonElement body) =>
        (body.Get("error") ?? body.Get("detail") ?? body) switch
        {
            { ValueKind: JsonValueKind.Object } one => OfObject(one),
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 => OfList(list),
            var word => body.GetText("message") is null ? new ServerError(word.ToText()) : OfObject(body),
        };

    private static ServerError OfObject(JsonElement error)
    {
        string? message = error.GetText("message") ?? error.GetText("msg") ?? error.GetText("detail")
            ?? error.GetText("error");
        return new ServerError(message ?? error.ToText())
        {
            Code = CodeOf(error.Get("code")) ?? error.GetText("type"),
            Field = error.GetText("param") ?? FieldOf(error),
        };
    }

    private static ServerError OfList(JsonElement list)
    {
        ServerError[] errors = [.. list.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Object ? OfObject(item) : new ServerError(item.ToText()))];
        return errors[0] with
        {
            Message = string.Join("; ", errors.Select(e => e.Field is null ? e.Message : $"{e.Field}: {e.Message}")),
        };
    }

    // A number repeats the HTTP status only.
    private static string? CodeOf(JsonElement? code) =>
        code is { ValueKind: JsonValueKind.String } text && text.ToText() is { Length: > 0 } word
            && !word.All(char.IsDigit) ? word : null;

    // {"loc":["body","speed"]}
    private static string? FieldOf(JsonElement error) =>
        error.Get("loc") is { ValueKind: JsonValueKind.Array } place && place.GetArrayLength() > 0
            ? place[place.GetArrayLength() - 1].ToText() : null;
}
