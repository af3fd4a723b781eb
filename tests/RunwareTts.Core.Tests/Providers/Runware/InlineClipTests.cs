using System.Runtime.CompilerServices;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>A clip that is sent as data in each task, because the service refuses uploads.</summary>
public sealed class InlineClipTests : EmulatorTest
{
    [Fact]
    public void A_task_that_is_not_waited_for_keeps_no_copy_of_its_clip()
    {
        ClipTasks tasks = new(new ClipStore(new MediaUpload(_service.Client()), new MediaMemory(null, _service.Endpoint)));
        WeakReference data = Send(tasks);
        GC.Collect();
        Assert.False(data.IsAlive);
        GC.KeepAlive(tasks);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Send(ClipTasks tasks)
    {
        string data = new('A', 1_000_000);
        tasks.Sent(Guid.NewGuid(), new SentClip(data) { Sha256 = "00" });
        return new WeakReference(data);
    }
}
