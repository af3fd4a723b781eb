using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>Lists the languages of the models.</summary>
[Cmdlet(VerbsCommon.Get, "TtsLanguage", HelpUri = HelpPages.Root + "Get-TtsLanguage.md")]
[OutputType(typeof(TtsLanguage))]
public sealed class GetTtsLanguageCommand : CatalogCmdlet
{
    /// <summary>The English name or an ISO code, such as de or de-DE.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Language")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LanguageNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            WriteMatching(
                name, SpeechCatalog.Languages,
                (pattern, l) => pattern.IsPlain ? l == SpeechCatalog.FindLanguage(name) : pattern.IsMatch(l.Name),
                Errors.LanguageNotFound);
    }
}
