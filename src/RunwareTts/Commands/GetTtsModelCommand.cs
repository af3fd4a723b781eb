using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>The hosted models: what they are, their limits and their price.</summary>
[Cmdlet(VerbsCommon.Get, "TtsModel", HelpUri = HelpPages.Root + "Get-TtsModel.md")]
[OutputType(typeof(TtsModel))]
public sealed class GetTtsModelCommand : TtsCmdlet
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
            WriteMatching(name);
    }

    private void WriteMatching(string name)
    {
        NamePattern pattern = new(name);
        TtsModel[] found = [.. SpeechCatalog.Models.Where(m => pattern.IsMatch(m.Name) || pattern.IsMatch(m.ModelId))];
        WriteObject(found, enumerateCollection: true);
        if (found.Length == 0 && pattern.IsPlain)
            WriteTtsError(Errors.ModelNotFound(name), name);
    }
}
