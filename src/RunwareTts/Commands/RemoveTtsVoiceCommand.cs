using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Completion;
using RunwareTts.Voices;

namespace RunwareTts.Commands;

/// <summary>Removes kept voices, each with its clip.</summary>
[Cmdlet(VerbsCommon.Remove, "TtsVoice", DefaultParameterSetName = "Name", SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpPages.Root + "Remove-TtsVoice.md")]
[OutputType(typeof(void))]
public sealed class RemoveTtsVoiceCommand : TtsCmdlet
{
    private VoiceLibrary? _library;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeptNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>A voice of Get-TtsVoice, wherever it is kept.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public TtsVoice? InputObject { get; set; }

    /// <summary>The only folder in which voices are removed; left out, those that are always searched.</summary>
    [Parameter(ParameterSetName = "Name")]
    public string? VoiceFolder { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            // Who names a folder does not mean the voices of another one.
            string? named = VoiceFolder is null ? null : ResolvePath("VoiceFolder", VoiceFolder);
            IReadOnlyList<string> folders = VoiceFolders.Find(named);
            _library = new VoiceLibrary(named is null ? folders : [folders[0]]);
        }
        catch (TtsException e)
        {
            Throw(e, VoiceFolder);
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is { } voice)
            Remove(voice, () => [VoiceEntry.Of(voice) ?? throw Errors.KeptVoiceNotFound(voice.Name, [])]);
        foreach (string name in Name ?? [])
            Remove(name, () => Find(name));
    }

    private void Remove(object target, Func<IReadOnlyList<VoiceEntry>> find)
    {
        try
        {
            foreach (VoiceEntry entry in find())
                Remove(entry);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, target);
        }
    }

    private void Remove(VoiceEntry entry)
    {
        if (!ShouldProcess($"{entry.Name} ({entry.File})", "Remove voice"))
            return;
        TaskWait.For(_ => VoiceKeeper.RemoveAsync(entry), StopToken);
    }

    private VoiceEntry[] Find(string name)
    {
        NamePattern pattern = new(name);
        IReadOnlyList<VoiceEntry> all = _library!.List();
        VoiceEntry[] found = [.. all.Where(entry => pattern.IsMatch(entry.Name))];
        return found.Length == 0 && pattern.IsPlain
            ? throw Errors.KeptVoiceNotFound(name, [.. all.Select(entry => entry.Name)]) : found;
    }
}
