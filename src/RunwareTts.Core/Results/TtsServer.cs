namespace RunwareTts;

/// <summary>A server of your own, as it answered last.</summary>
public sealed record TtsServer : TtsResult
{
    /// <summary>The model that it is connected for: CustomVoice, VoiceDesign or Base.</summary>
    public required string Model { get; init; }

    public required Uri Endpoint { get; init; }

    /// <summary>VllmOmni, SglangOmni or OpenAI; null while the server has not answered.</summary>
    public string? Kind { get; init; }

    /// <summary>The model by the server's own name, such as <c>Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice</c>.</summary>
    public string? ServedModel { get; init; }

    /// <summary>It has answered, and serves the model.</summary>
    public bool IsReady { get; init; }

    /// <summary>Why it is not ready; null where it is.</summary>
    public string? Problem { get; init; }
}
