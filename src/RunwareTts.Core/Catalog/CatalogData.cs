namespace RunwareTts.Catalog;

/// <summary>
/// A hosted model. Its price is USD for 1000 characters of text, as it was on that date in that source.
/// </summary>
public sealed record ModelEntry(
    string Name,
    string Id,
    string Title,
    string Description,
    string Voice,
    int MaxResults,
    decimal PricePerThousandCharacters,
    string PriceDate,
    string PriceSource);

/// <summary>A preset voice of CustomVoice; Name is the id as it is sent.</summary>
public sealed record VoiceEntry(string Name, string Gender, string NativeLanguage, string? Dialect, string Description);

/// <summary>
/// A language by the name that is sent, its ISO 639-1 code, what its speakers call it, and how fast it is read:
/// characters of its script, blanks included, a second. A third and rather more than twice the usual pace are the
/// slowest and the fastest that a reader has: for alphabets 0.2 and 0.03 s a character, outside of which servers of the
/// same model take speech for broken.
/// </summary>
public sealed record LanguageEntry(string Name, string? Code, IReadOnlyList<string> OwnNames,
    decimal? CharactersPerSecond, decimal? MinCharactersPerSecond, decimal? MaxCharactersPerSecond);

/// <summary>The bitrates (kbps) that a format allows at a sample rate (Hz) and a number of channels.</summary>
public sealed record BitrateRange(int SampleRate, IReadOnlyList<int> Channels, int Min, int Max)
{
    public bool Allows(int bitrate) => bitrate >= Min && bitrate <= Max;
}

/// <summary>The bitrates (kbps) that are worth choosing from a sample rate (Hz) on: all that MPEG has, or even steps where any number will do.</summary>
public sealed record BitrateSteps(int FromSampleRate, IReadOnlyList<int> Kbps);

/// <summary>An output format; the lossless ones have no bitrates, because they take no audio settings.</summary>
public sealed record FormatEntry(string Name, string Extension, IReadOnlyList<BitrateRange> Bitrates, IReadOnlyList<BitrateSteps> Steps)
{
    public bool IsLossy => Bitrates.Count > 0;
}

/// <summary>Ranges and defaults of the model pages.</summary>
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
    decimal PriceStep);

internal sealed record CatalogData(
    IReadOnlyList<ModelEntry> Models,
    IReadOnlyList<VoiceEntry> Voices,
    IReadOnlyList<LanguageEntry> Languages,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations,
    IReadOnlyList<FormatEntry> Formats,
    IReadOnlyList<string> OutputTypes,
    Limits Limits);
