using System.Text.Json;

namespace RunwareTts.Emulator;

internal static class KeyCheck
{
    public const string Authentication = "authentication";

    /// <summary>Takes the authentication element off the array. Null when the key is right.</summary>
    public static ApiError? Take(string key, HttpRequest request, List<JsonElement> tasks)
    {
        List<string> given = [];
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header[7..].Trim() is { Length: > 0 } bearer)
            given.Add(bearer);
        if (TaskDesk.TypeOf(tasks[0]) == Authentication)
        {
            if (tasks[0].TryGetProperty("apiKey", out var value) && value.ValueKind == JsonValueKind.String)
                given.Add(value.GetString()!);
            tasks.RemoveAt(0);
        }

        if (given.Count == 0) return Problem("missingApiKey", "An API key is required.");
        return given.TrueForAll(one => one == key) ? null : Problem("invalidApiKey", "The API key is not valid.");
    }

    private static ApiError Problem(string code, string message) =>
        new(code, message) { Parameters = ["apiKey"], Type = "string" };
}
