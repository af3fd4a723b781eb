using System.Text.Json.Serialization;

namespace RunwareTts.Catalog;

/// <summary>
/// Ranges and defaults of the model pages. Those of a clip are not documented: they are what most hosts of these
/// weights accept, and where they say that a voice becomes worse.
/// </summary>
public sealed record Limits(
    int MaxTextLength,
    decimal MinSpeed,
    decimal MaxSpeed,
    decimal DefaultSpeed,
    decimal SpeedStep,
    int MinTtl,
    int DefaultMaxNewTokens,
    int DefaultChannels,
    int MinResults,
    decimal TokensPerSecond,
    decimal PriceStep,
    int MinClipSeconds,
    int MaxClipSeconds,
    int ShortClipSeconds,
    int LongClipSeconds,
    int MaxClipBytes);

/// <summary>The content of catalog.json.</summary>
internal sealed record CatalogData(
    IReadOnlyList<TtsModel> Models,
    IReadOnlyList<TtsVoice> Voices,
    IReadOnlyList<TtsLanguage> Languages,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations,
    IReadOnlyList<TtsFormat> Formats,
    IReadOnlyList<string> OutputTypes,
    Limits Limits);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CatalogData))]
internal sealed partial class CatalogJson : JsonSerializerContext;
