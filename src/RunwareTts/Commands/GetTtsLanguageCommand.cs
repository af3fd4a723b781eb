using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>The languages that the models speak.</summary>
[Cmdlet(VerbsCommon.Get, "TtsLanguage", HelpUri = HelpPages.Root + "Get-TtsLanguage.md")]
[OutputType(typeof(TtsLanguage))]
public sealed class GetTtsLanguageCommand : TtsCmdlet
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
            WriteMatching(name);
    }

    private void WriteMatching(string name)
    {
        NamePattern pattern = new(name);
        string? plain = pattern.IsPlain ? SpeechCatalog.FindLanguage(name)?.Name : null;
        TtsLanguage[] found = [.. SpeechCatalog.Languages.Where(l => plain is null ? pattern.IsMatch(l.Name) : l.Name == plain)];
        WriteObject(found, enumerateCollection: true);
        if (found.Length == 0 && pattern.IsPlain)
            WriteTtsError(Errors.LanguageNotFound(name), name);
    }
}
