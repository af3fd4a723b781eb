using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunwareTts.Binding;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

/// <summary>Completes from the catalogue: no network, no exception.</summary>
public abstract class CatalogCompleter : IArgumentCompleter
{
    /// <summary>All that may stand there, with the rest of the line as it is.</summary>
    protected abstract IEnumerable<Suggestion> Suggest(BoundLine line);

    /// <summary>What of the typed word a suggestion begins with.</summary>
    protected virtual string Typed(string word) => word;

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        NamePattern typed = new(Typed(Word.Unquote(wordToComplete)) + "*");
        return
        [
            .. from suggestion in Suggest(new BoundLine(fakeBoundParameters))
               let isOwnName = typed.IsMatch(suggestion.Value)
               where isOwnName || suggestion.Names.Any(typed.IsMatch)
               orderby isOwnName descending
               select new CompletionResult(Word.Quote(suggestion.Value), suggestion.Value, CompletionResultType.ParameterValue, suggestion.Tip),
        ];
    }
}
