using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

/// <summary>The names of Get-TtsModel.</summary>
public sealed class ModelNameCompleter : RowCompleter
{
    protected override string FieldOf(string parameter) => "Model";
}

/// <summary>The names of Get-TtsLanguage.</summary>
public sealed class LanguageNameCompleter : RowCompleter
{
    protected override string FieldOf(string parameter) => "Language";
}

/// <summary>
/// The names of Get-TtsVoice, by its other parameters. Of kept voices the names are known, and nothing else.
/// </summary>
public sealed class VoiceNameCompleter : RowCompleter
{
    protected override IEnumerable<Suggestion> Suggest(string field, BoundLine line)
    {
        bool IsKind(string kind) => kind.Equals(line["Kind"], StringComparison.OrdinalIgnoreCase);
        IEnumerable<Suggestion> presets = IsKind(TtsVoice.Kept) ? []
            : Suggestions.VoiceNames(line["Language"], line["Gender"], line["Model"]);
        bool isAny = !IsKind(TtsVoice.Preset) && line["Language"] is null && line["Gender"] is null;
        return isAny && Suggestions.CanBeKept(line.Row) ? presets.Concat(KeptVoices.Suggest(line)) : presets;
    }
}

/// <summary>The names of Remove-TtsVoice.</summary>
public sealed class KeptNameCompleter : RowCompleter
{
    protected override IEnumerable<Suggestion> Suggest(string field, BoundLine line) => KeptVoices.Suggest(line);
}

/// <summary>The tasks without a folder that were sent and not finished.</summary>
public sealed class TaskCompleter : RowCompleter
{
    protected override IEnumerable<Suggestion> Suggest(string field, BoundLine line) => OpenTasks.Suggest();
}
