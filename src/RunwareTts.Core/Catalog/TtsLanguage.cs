using System.Text.Json.Serialization;
using RunwareTts.Catalog;

namespace RunwareTts;

/// <summary>A language of all models.</summary>
public sealed class TtsLanguage
{
    /// <summary>The English name, as it is sent; with Auto the service detects the language.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 639-1; null for Auto.</summary>
    public string? Code { get; init; }

    /// <summary>The preset voices whose native language it is; every voice speaks all languages.</summary>
    public IReadOnlyList<string> NativeVoices =>
        [.. SpeechCatalog.Voices.Where(v => v.NativeLanguage == Name).Select(v => v.Name)];

    /// <summary>The name again, so that it binds to -Language.</summary>
    public string Language => Name;

    /// <summary>What its speakers call it.</summary>
    [JsonInclude]
    internal IReadOnlyList<string> OwnNames { get; set; } = [];

    /// <summary>
    /// The usual pace in characters of its script, blanks included. The slowest and the fastest readers need a third
    /// of it and rather more than twice of it; servers of the same model take other speech for broken.
    /// </summary>
    [JsonInclude]
    internal decimal? CharactersPerSecond { get; set; }

    [JsonInclude]
    internal decimal? MinCharactersPerSecond { get; set; }

    [JsonInclude]
    internal decimal? MaxCharactersPerSecond { get; set; }

    /// <summary>About 10 s of speech, from which a described voice is kept.</summary>
    [JsonInclude]
    internal string? CastingSentence { get; set; }

    public override string ToString() => Name;
}
