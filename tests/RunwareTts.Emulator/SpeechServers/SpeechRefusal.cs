using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>An answer that holds no speech.</summary>
internal sealed record SpeechRefusal(int Status, JsonNode Body)
{
    /// <summary>The shape of OpenAI's errors, which vLLM-Omni and SGLang-Omni share.</summary>
    public static SpeechRefusal Error(int status, string message, string type, string? param, JsonNode? code) =>
        new(status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = type,
                ["param"] = param,
                ["code"] = code,
            },
        });

    /// <summary>The shape of FastAPI: an object, a list or a text.</summary>
    public static SpeechRefusal Detail(int status, JsonNode detail) =>
        new(status, new JsonObject { ["detail"] = detail });
}
