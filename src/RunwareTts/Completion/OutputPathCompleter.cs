using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using RunwareTts.Output;

namespace RunwareTts.Completion;

/// <summary>
/// Completes a token after an open brace, in quotes: outside of them a brace begins a script block. Otherwise returns
/// null, so that PowerShell completes the names of files.
/// </summary>
public sealed class OutputPathCompleter : IArgumentCompleter
{
    private static readonly Regex OpenToken =
        new(@"^(?<before>.*\{)(?<typed>[A-Za-z]*)(?<after>[^{}]*)$", RegexOptions.Singleline);

    public IEnumerable<CompletionResult>? CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if (OpenToken.Match(Typed(commandAst, Word.Unquote(wordToComplete)) ?? "") is not { Success: true } open)
            return null;

        CompletionResult[] results =
        [
            .. from token in OutputTemplate.Tokens
               where token.Name.StartsWith(open.Groups["typed"].Value, StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(
                   $"{open.Groups["before"]}{token.Name}}}{open.Groups["after"]}",
                   $"{{{token.Name}}}",
                   CompletionResultType.ParameterValue,
                   token.Says),
        ];
        return results.Length == 0 ? null : results;
    }

    // PowerShell passes the word with quotes that were not typed, and with values in place of variables.
    private static string? Typed(CommandAst? line, string word)
    {
        int brace = word.LastIndexOf('{');
        return brace < 0 ? null : line?
            .FindAll(node => node is StringConstantExpressionAst or ExpandableStringExpressionAst, false)
            .Select(node => node.Extent.Text)
            .Where(text => text.Length > 0 && text[0] is '\'' or '"'
                && Word.Unquote(text).EndsWith(word.Substring(brace), StringComparison.Ordinal))
            .OrderBy(text => Word.Unquote(text) == word)
            .LastOrDefault();
    }
}
