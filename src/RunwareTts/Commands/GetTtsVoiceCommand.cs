using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;
using RunwareTts.Voices;

namespace RunwareTts.Commands;

/// <summary>Lists the preset voices of CustomVoice, then the kept voices.</summary>
[Cmdlet(VerbsCommon.Get, "TtsVoice", HelpUri = HelpPages.Root + "Get-TtsVoice.md")]
[OutputType(typeof(TtsVoice))]
public sealed class GetTtsVoiceCommand : CatalogCmdlet
{
    private VoiceLibrary? _library;
    private bool _hasWritten;

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

    [Parameter]
    [ValidateSet(TtsVoice.Preset, TtsVoice.Kept)]
    public string? Kind { get; set; }

    /// <summary>The folder of kept voices that is searched first.</summary>
    [Parameter]
    public string? VoiceFolder { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            // Refuses an unknown language or model before any voice is written.
            SpeechCatalog.FindVoices([], Language, null, Model);
            _library = new VoiceLibrary(VoiceFolders.Find(
                VoiceFolder is null ? null : ResolvePath("VoiceFolder", VoiceFolder)));
        }
        catch (TtsException e)
        {
            Throw(e, e.ErrorId.EndsWith("Folder", StringComparison.Ordinal) ? VoiceFolder : Language);
        }
    }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            WriteNamed(name, new NamePattern(name));
    }

    protected override void EndProcessing()
    {
        if (!_hasWritten && !IsOnly(TtsVoice.Kept) && SpeechCatalog.CautionFor(Language) is { } caution)
            WriteWarning(caution);
    }

    private void WriteNamed(string name, NamePattern pattern)
    {
        TtsVoice[] presets = IsOnly(TtsVoice.Kept) ? []
            : [.. SpeechCatalog.Voices.Where(voice => pattern.IsMatch(voice.Name))];
        VoiceEntry[] kept = IsOnly(TtsVoice.Preset) ? [] : FindKept(pattern);
        foreach (TtsVoice voice in SpeechCatalog.FindVoices(
            presets.Concat(Read(kept, pattern.IsPlain)), Language, Gender, Model))
        {
            if (StopToken.IsCancellationRequested)
                throw new PipelineStoppedException();
            _hasWritten = true;
            WriteObject(voice);
        }

        // A voice of another gender or language exists, and is left out.
        if (pattern.IsPlain && presets.Length + kept.Length == 0)
            WriteTtsError(IsOnly(TtsVoice.Kept) ? Errors.KeptVoiceNotFound(name, [.. _library!.Names])
                : Errors.VoiceNotFound(name, IsOnly(TtsVoice.Preset) ? null : _library!.Names), name);
    }

    private VoiceEntry[] FindKept(NamePattern pattern)
    {
        try
        {
            return [.. _library!.List().Where(entry => pattern.IsMatch(entry.Name))];
        }
        catch (TtsException e)
        {
            Throw(e, VoiceFolder);
            throw;
        }
    }

    // One that cannot be used hides no other; asked for by its name, it is an error.
    private IEnumerable<TtsVoice> Read(IEnumerable<VoiceEntry> entries, bool isNamed)
    {
        foreach (VoiceEntry entry in entries)
        {
            TtsVoice? voice = null;
            try
            {
                voice = entry.Read();
            }
            catch (TtsException e)
            {
                if (isNamed)
                    WriteTtsError(e, entry.Name);
                else
                    WriteWarning(e.Message);
            }

            if (voice is not null)
                yield return voice;
        }
    }

    private bool IsOnly(string kind) => kind.Equals(Kind, StringComparison.OrdinalIgnoreCase);
}
