using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;
using RunwareTts.Requests;

namespace RunwareTts.Commands;

/// <summary>Lists the output formats with the bitrates of each sample rate and number of channels.</summary>
[Cmdlet(VerbsCommon.Get, "TtsFormat", HelpUri = HelpPages.Root + "Get-TtsFormat.md")]
[OutputType(typeof(TtsFormat))]
public sealed class GetTtsFormatCommand : CatalogCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Format")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string[] OutputFormat { get; set; } = ["*"];

    /// <summary>Hz. The lossless formats have none.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? SampleRate { get; set; }

    /// <summary>1 is mono, 2 is stereo.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Channels { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            IReadOnlyList<TtsFormat> rows = FormatRules.Find(SampleRate, Channels);
            foreach (string name in OutputFormat)
                WriteMatching(name, rows, (pattern, f) => pattern.IsMatch(f.OutputFormat), NotFound);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, e.ErrorId == "InvalidRequest.SampleRate" ? SampleRate : Channels);
        }
    }

    private TtsException NotFound(string name) => SpeechCatalog.FindFormat(name) is { } format
        ? Errors.FormatRowNotFound(format, SampleRate) : Errors.FormatNotFound(name);
}
