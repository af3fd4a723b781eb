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

/// <summary>The names of Get-TtsVoice, by its other parameters.</summary>
public sealed class VoiceNameCompleter : RowCompleter
{
    protected override IEnumerable<Suggestion> Suggest(string field, BoundLine line) =>
        Suggestions.VoiceNames(line["Language"], line["Gender"], line["Model"]);
}

/// <summary>The tasks without a folder that were sent and not finished.</summary>
public sealed class TaskCompleter : RowCompleter
{
    protected override IEnumerable<Suggestion> Suggest(string field, BoundLine line) => OpenTasks.Suggest();
}
