using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunwareTts.Voices;

/// <summary>The content of a voice file. Its name is the voice's, and further fields are ignored.</summary>
internal sealed record VoiceData
{
    /// <summary>The version that this module writes. A greater one may mean what it does not know.</summary>
    public const int Current = 1;

    public int Version { get; init; }

    /// <summary>The name of the clip, which stands next to the file.</summary>
    public string? Clip { get; init; }

    public string? Transcript { get; init; }
    public string? Language { get; init; }
    public string? Description { get; init; }

    /// <summary>USD.</summary>
    public decimal? Cost { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VoiceData))]
internal sealed partial class VoiceJson : JsonSerializerContext
{
    private const int MaxDepth = 8;

    /// <summary>A file that people may read and write too.</summary>
    public static readonly VoiceJson Files = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        MaxDepth = MaxDepth,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    });
}
