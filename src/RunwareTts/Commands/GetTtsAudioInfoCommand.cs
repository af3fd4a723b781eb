using System.Management.Automation;
using RunwareTts.Audio;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>Gets the real format, length, rates and faults of audio files, read from their bytes.</summary>
[Cmdlet(VerbsCommon.Get, "TtsAudioInfo", DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Root + "Get-TtsAudioInfo.md")]
[OutputType(typeof(TtsAudioInfo))]
public sealed class GetTtsAudioInfoCommand : TtsCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Exact paths, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>A path, a file of Get-ChildItem, or an object with a Path, as a TtsSpeech.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path ?? [])
            Write(path, () => FindFiles("Path", path));
        foreach (string path in LiteralPath ?? [])
            Write(path, () => [ResolvePath("LiteralPath", path)]);
        // Get-ChildItem gives folders too.
        if (InputObject is not { BaseObject: not DirectoryInfo } input)
            return;
        if (input.BaseObject is string piped)
            Write(piped, () => FindFiles("Path", piped));
        else
            Write(input, () => [ResolvePath("InputObject", PipedFile.PathOf(input))]);
    }

    private void Write(object target, Func<IEnumerable<string>> find)
    {
        try
        {
            foreach (string file in find())
                WriteFile(file);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, target);
        }
    }

    private void WriteFile(string file)
    {
        if (StopToken.IsCancellationRequested)
            throw new PipelineStoppedException();
        TtsAudioInfo info;
        try
        {
            info = AudioFile.Read(file);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, file);
            return;
        }

        WriteObject(info);
    }
}
