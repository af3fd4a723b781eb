using System.Text.Json;

namespace RunwareTts.Catalog;

/// <summary>Reads catalog.json by hand: the first Tab of a session waits for it, and would wait ten times as long for a serializer.</summary>
internal static class CatalogReader
{
    public static CatalogData Read(Stream json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new CatalogData(
            List(root, "models", Model),
            List(root, "voices", Voice),
            List(root, "languages", Language),
            root.GetProperty("abbreviations").EnumerateObject().ToDictionary(l => l.Name, l => (IReadOnlyList<string>)[.. l.Value.EnumerateArray().Select(a => a.GetString()!)]),
            List(root, "formats", Format),
            List(root, "outputTypes", type => type.GetString()!),
            ReadLimits(root.GetProperty("limits")));
    }

    private static ModelEntry Model(JsonElement model) => new(
        Text(model, "name"),
        Text(model, "id"),
        Text(model, "title"),
        Text(model, "description"),
        Text(model, "voice"),
        Whole(model, "maxResults"),
        Number(model, "pricePerThousandCharacters"),
        Text(model, "priceDate"),
        Text(model, "priceSource"));

    private static VoiceEntry Voice(JsonElement voice) => new(
        Text(voice, "name"),
        Text(voice, "gender"),
        Text(voice, "nativeLanguage"),
        voice.GetProperty("dialect").GetString(),
        Text(voice, "description"));

    private static LanguageEntry Language(JsonElement language) => new(
        Text(language, "name"),
        language.GetProperty("code").GetString(),
        List(language, "ownNames", name => name.GetString()!),
        NumberOrNull(language, "charactersPerSecond"),
        NumberOrNull(language, "minCharactersPerSecond"),
        NumberOrNull(language, "maxCharactersPerSecond"));

    private static FormatEntry Format(JsonElement format) => new(
        Text(format, "name"),
        Text(format, "extension"),
        List(format, "bitrates", range => new BitrateRange(Whole(range, "sampleRate"), List(range, "channels", c => c.GetInt32()), Whole(range, "min"), Whole(range, "max"))),
        List(format, "steps", steps => new BitrateSteps(Whole(steps, "fromSampleRate"), List(steps, "kbps", k => k.GetInt32()))));

    private static Limits ReadLimits(JsonElement limits) => new(
        Whole(limits, "maxTextLength"),
        Number(limits, "minSpeed"),
        Number(limits, "maxSpeed"),
        Number(limits, "defaultSpeed"),
        Number(limits, "speedStep"),
        Whole(limits, "minTtl"),
        Whole(limits, "defaultMaxNewTokens"),
        Whole(limits, "defaultChannels"),
        Whole(limits, "minResults"),
        Number(limits, "tokensPerSecond"),
        Number(limits, "priceStep"));

    private static T[] List<T>(JsonElement parent, string name, Func<JsonElement, T> read)
    {
        JsonElement array = parent.GetProperty(name);
        T[] list = new T[array.GetArrayLength()];
        for (int i = 0; i < list.Length; i++)
            list[i] = read(array[i]);
        return list;
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static int Whole(JsonElement parent, string name) => parent.GetProperty(name).GetInt32();

    private static decimal? NumberOrNull(JsonElement parent, string name) => parent.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    private static decimal Number(JsonElement parent, string name) => parent.GetProperty(name).GetDecimal();
}
