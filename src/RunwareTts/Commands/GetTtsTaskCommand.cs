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
    private TaskLook? _look;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Connection connection = Resolve();
        _look = new TaskLook(connection.CreateProvider(Trace), connection.Endpoint?.ToString());
    }

    protected override void ProcessRecord()
    {
        foreach (string? id in Ids)
        {
            Write(_look!.Add(Row(id), OutputDirectory, InputObject ?? (object?)id));
            if (_look.IsFull)
                Look();
        }
    }

    protected override void EndProcessing() => Look();

    private void Look()
    {
        IReadOnlyList<BatchEvent> seen = [];
        Await(async token => seen = await _look!.LookAsync(token).ConfigureAwait(false));
        Write(seen);
        ThrowIfOver();
    }
}
