using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Completion;

namespace RunwareTts.Commands;

/// <summary>The preset voices of CustomVoice.</summary>
[Cmdlet(VerbsCommon.Get, "TtsVoice")]
[OutputType(typeof(TtsVoice))]
public sealed class GetTtsVoiceCommand : TtsCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [VoiceCompleter]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The native language, by name or ISO code.</summary>
    [Parameter]
    [LanguageCompleter]
    public string? Language { get; set; }

    [Parameter]
    [ValidateSet("Female", "Male")]
    public string? Gender { get; set; }

    [Parameter]
    [ModelCompleter]
    public string? Model { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            TtsVoice[] voices = [.. TtsVoice.Find(Language, Gender, Model)];
            foreach (string name in Name)
                WriteMatching(name, voices);
        }
        catch (TtsException e)
        {
            Throw(e, Language);
        }
    }

    private void WriteMatching(string name, TtsVoice[] voices)
    {
        TtsVoice[] found = [.. voices.Where(v => IsMatch(name, v.Name))];
        WriteObject(found, enumerateCollection: true);
        if (found.Length == 0 && name.IndexOfAny(['*', '?']) < 0)
            WriteTtsError(Errors.VoiceNotFound(name), name);
    }

    private static bool IsMatch(string pattern, string name)
    {
        try
        {
            return new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }
}
