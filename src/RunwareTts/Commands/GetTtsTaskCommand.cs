using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Gets the progress of tasks, without waiting.</summary>
[Cmdlet(VerbsCommon.Get, "TtsTask", HelpUri = HelpPages.Root + "Get-TtsTask.md")]
[OutputType(typeof(TtsTask))]
public sealed class GetTtsTaskCommand : TaskRowCmdlet
{
    private TaskStatusReader? _reader;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Connection connection = Resolve();
        _reader = new TaskStatusReader(connection.CreateProvider(Trace), connection.Endpoint?.ToString());
    }

    protected override void ProcessRecord()
    {
        foreach (string? id in Ids)
        {
            Write(_reader!.Add(Row(id), OutputDirectory, InputObject ?? (object?)id));
            if (_reader.IsFull)
                Read();
        }
    }

    protected override void EndProcessing() => Read();

    private void Read()
    {
        Write(Await(_reader!.ReadAsync));
        ThrowIfOver();
    }
}
