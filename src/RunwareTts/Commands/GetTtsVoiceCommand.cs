using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>Lists the preset voices of CustomVoice.</summary>
[Cmdlet(VerbsCommon.Get, "TtsVoice", HelpUri = HelpPages.Root + "Get-TtsVoice.md")]
[OutputType(typeof(TtsVoice))]
public sealed class GetTtsVoiceCommand : CatalogCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VoiceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The native language, by name or ISO code.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Language { get; set; }

    [Parameter]
    [ValidateSet("Female", "Male")]
    public string? Gender { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Model { get; set; }

    protected override void BeginProcessing()
    {
        if (SpeechCatalog.CautionFor(Language) is { } caution)
            WriteWarning(caution);
    }

    protected override void ProcessRecord()
    {
        try
        {
            TtsVoice[] voices = [.. SpeechCatalog.FindVoices(Language, Gender, Model)];
            // A voice of another gender or language exists, and is left out.
            foreach (string name in Name)
                WriteMatching(
                    name, voices, (pattern, v) => pattern.IsMatch(v.Name),
                    plain => SpeechCatalog.FindVoice(plain) is null ? Errors.VoiceNotFound(plain) : null);
        }
        catch (TtsException e)
        {
            Throw(e, Language);
        }
    }
}
