using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Ledger;

namespace RunwareTts.Commands;

/// <summary>Gets what a batch did and cost, one object for each task.</summary>
[Cmdlet(VerbsCommon.Get, "TtsLedger", HelpUri = HelpPages.Root + "Get-TtsLedger.md")]
[OutputType(typeof(TtsLedgerEntry), typeof(TtsLedgerSummary))]
public sealed class GetTtsLedgerCommand : TtsCmdlet
{
    /// <summary>The folder of a batch, or its ledger. Left out, the tasks without a folder.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OutputDirectory", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>One object for each model instead of one for each task.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            if (Summary)
            {
                WriteObject(LedgerReader.Summarize(Folder(), StopToken), enumerateCollection: true);
                return;
            }

            foreach (TtsLedgerEntry entry in LedgerReader.Read(Folder()))
            {
                if (StopToken.IsCancellationRequested)
                    throw new PipelineStoppedException();
                WriteObject(entry);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (TtsException e)
        {
            WriteTtsError(e, Path);
        }
    }

    private string? Folder()
    {
        if (Path is null)
            return null;
        string full = ResolvePath("Path", Path);
        return File.Exists(full) ? System.IO.Path.GetDirectoryName(full) : full;
    }
}
