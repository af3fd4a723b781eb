using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>The answer to a GET. Without a body it is empty.</summary>
internal sealed record SpeechPage(JsonNode? Body, int Status = 200);
