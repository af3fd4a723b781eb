using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>How far tasks are: one look, no wait.</summary>
[Cmdlet(VerbsCommon.Get, "TtsTask")]
[OutputType(typeof(TtsTask))]
public sealed class GetTtsTaskCommand : TaskRowCmdlet
{
    private ISpeechProvider? _provider;
    private string? _endpoint;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Connection connection = Resolve();
        _provider = connection.CreateProvider();
        _endpoint = connection.Endpoint?.ToString();
    }

    protected override void ProcessRecord()
    {
        TaskRow[] rows;
        try
        {
            rows = [.. Ids.Select(id => Row(id, OutputDirectory))];
        }
        catch (TtsException e)
        {
            WriteTtsError(e, InputObject ?? (object?)TaskUUID);
            return;
        }

        List<BatchEvent> seen = [];
        Await(async token => seen = await TaskLook.LookAsync(_provider!, rows, OutputDirectory, _endpoint, InputObject, token).ConfigureAwait(false));
        Write(seen);
        ThrowIfOver();
    }
}
