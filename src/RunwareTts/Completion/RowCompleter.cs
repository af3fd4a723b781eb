using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunwareTts.Binding;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

/// <summary>Completes a parameter that is a field of a row, from the catalogue: no network, no exception.</summary>
public class RowCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string field = FieldOf(parameterName);
        string word = Word.Unquote(wordToComplete);
        // Of a culture name such as de-AT, the language.
        NamePattern typed = new((field == "Language" ? word.Split('-', '_')[0] : word) + "*");
        return
        [
            .. from suggestion in Suggest(field, new BoundLine(fakeBoundParameters))
               let isOwnName = typed.IsMatch(suggestion.Value)
               where isOwnName || suggestion.Names.Any(typed.IsMatch)
               orderby isOwnName descending
               select new CompletionResult(
                   Word.Quote(suggestion.Value), suggestion.Value, CompletionResultType.ParameterValue, suggestion.Tip),
        ];
    }

    /// <summary>The field of a row whose values the parameter takes.</summary>
    protected virtual string FieldOf(string parameter) => parameter;

    /// <summary>All values for this field, with the rest of the line as it is.</summary>
    protected virtual IEnumerable<Suggestion> Suggest(string field, BoundLine line) =>
        field == "Voice" && Suggestions.CanBeKept(line.Row)
            ? Suggestions.Find(field, line.Row).Concat(KeptVoices.Suggest(line))
            : Suggestions.Find(field, line.Row);
}
