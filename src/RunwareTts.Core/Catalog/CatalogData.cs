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

/// <summary>How long a task takes at the service.</summary>
/// <param name="MinSeconds">The shortest example.</param>
/// <param name="MaxSeconds">The longest example.</param>
/// <param name="Source">Where they were read.</param>
public sealed record TaskTime(double MinSeconds, double MaxSeconds, string Source);

/// <summary>The content of catalog.json.</summary>
internal sealed record CatalogData(
    IReadOnlyList<TtsModel> Models,
    IReadOnlyList<TtsVoice> Voices,
    IReadOnlyList<TtsLanguage> Languages,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations,
    IReadOnlyList<TtsFormat> Formats,
    IReadOnlyList<string> OutputTypes,
    Limits Limits,
    TaskTime TaskTime);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CatalogData))]
internal sealed partial class CatalogJson : JsonSerializerContext;
