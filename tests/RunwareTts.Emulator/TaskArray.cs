using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>A request body: a JSON array whose every string can be read.</summary>
internal static class TaskArray
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static bool TryRead(byte[] body, out List<JsonElement> tasks, out ApiError? error)
    {
        tasks = [];
        error = null;
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            ReadAllStrings(document.RootElement);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
                tasks.AddRange(document.RootElement.Clone().EnumerateArray());
            if (tasks.Count == 0)
                error = new ApiError("invalidRequestBody", "The body must be a JSON array of task objects.") { Type = "array" };
        }
        // The second is what a lone surrogate or a broken UTF-8 sequence throws, when it is read as text.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = new ApiError("invalidJSON", $"The body is not valid JSON. {exception.Message}");
        }
        return error is null;
    }

    private static void ReadAllStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                ReadAllStrings(item);
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var property in element.EnumerateObject())
        {
            _ = property.Name;
            ReadAllStrings(property.Value);
        }
    }
}
