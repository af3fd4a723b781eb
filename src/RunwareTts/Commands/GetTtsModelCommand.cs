using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>Lists the hosted models with their limits and prices.</summary>
[Cmdlet(VerbsCommon.Get, "TtsModel", HelpUri = HelpPages.Root + "Get-TtsModel.md")]
[OutputType(typeof(TtsModel))]
public sealed class GetTtsModelCommand : CatalogCmdlet
{
    /// <summary>The short name or the full id.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Model")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            WriteMatching(
                name, SpeechCatalog.Models, (pattern, m) => pattern.IsMatch(m.Name) || pattern.IsMatch(m.ModelId),
                Errors.ModelNotFound);
    }
}
