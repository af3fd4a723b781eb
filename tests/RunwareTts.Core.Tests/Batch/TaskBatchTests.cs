using RunwareTts.Batch;
using RunwareTts.Output;

namespace RunwareTts.Tests.Batch;

/// <summary>Any number of tasks is waited for, and only a bounded number of them at once.</summary>
public sealed class TaskBatchTests : EmulatorTest
{
    private readonly OutputPlanner _files = new(null, false, Path.GetFullPath);

    [Fact]
    public void The_pipeline_waits_while_too_many_tasks_are_open()
    {
        using TaskBatch batch = new(_service.Provider(), Service.Quick with { UnknownAfter = TimeSpan.FromHours(1) });
        for (int n = 1; n < TaskBatch.MaxOpen; n++)
        {
            batch.Add(new TaskRow { TaskUUID = Guid.NewGuid().ToString() }, _files, null);
            Assert.Empty(batch.Take(all: false, CancellationToken.None));
        }

        batch.Add(new TaskRow { TaskUUID = Guid.NewGuid().ToString() }, _files, null);
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(300));
        Assert.Throws<OperationCanceledException>(() => batch.Take(all: false, soon.Token).ToArray());
    }

    [Fact]
    public void It_goes_on_when_tasks_are_over()
    {
        BatchOptions options = Service.Quick with { UnknownAfter = TimeSpan.FromMilliseconds(20) };
        using TaskBatch batch = new(_service.Provider(), options);
        int unknown = 0;
        for (int n = 0; n < TaskBatch.MaxOpen + 100; n++)
        {
            batch.Add(new TaskRow { TaskUUID = Guid.NewGuid().ToString() }, _files, null);
            unknown += batch.Take(all: false, CancellationToken.None).ToArray().Errors().Length;
        }

        unknown += batch.Take(all: true, CancellationToken.None).ToArray().Errors().Length;
        Assert.Equal(TaskBatch.MaxOpen + 100, unknown);
    }
}
