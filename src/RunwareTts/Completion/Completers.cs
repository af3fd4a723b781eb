using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

public sealed class VoiceCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.Voices(line.Row);
}

/// <summary>The voices that are listed, and not what else may be sent as one.</summary>
public sealed class VoiceNameCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.VoiceNames(line["Language"], line["Gender"], line["Model"]);
}

public sealed class LanguageCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.Languages();

    /// <summary>Of <c>de-DE</c> the language.</summary>
    protected override string Typed(string word) => word.Split('-', '_')[0];
}

public sealed class ModelCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.Models();
}

public sealed class FormatCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => FormatSuggestions.OutputFormats(line.Row);
}

public sealed class SampleRateCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => FormatSuggestions.SampleRates(line.Row);
}

public sealed class ChannelsCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => FormatSuggestions.Channels(line.Row);
}

public sealed class BitrateCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => FormatSuggestions.Bitrates(line.Row);
}

public sealed class OutputTypeCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.OutputTypes();
}

public sealed class SpeedCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.Speeds();
}

public sealed class StyleCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.Styles();
}

public sealed class NumberResultsCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => Suggestions.NumberResults(line.Row);
}

/// <summary>The tasks without a folder that were sent and not finished.</summary>
public sealed class TaskCompleter : CatalogCompleter
{
    protected override IEnumerable<Suggestion> Suggest(BoundLine line) => OpenTasks.Suggest();
}
