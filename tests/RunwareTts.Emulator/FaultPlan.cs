using System.Collections.Concurrent;

namespace RunwareTts.Emulator;

/// <summary>Faults for the next requests of each kind, one a request, in the order they were asked for.</summary>
public sealed class FaultPlan
{
    private readonly ConcurrentQueue<Fault> _submits = new();
    private readonly ConcurrentQueue<Fault> _polls = new();
    private readonly ConcurrentQueue<Fault> _downloads = new();

    /// <summary>Faults that have not happened yet.</summary>
    public int Pending => _submits.Count + _polls.Count + _downloads.Count;

    /// <summary>The next requests with an audioInference task. A dry run takes no fault.</summary>
    public void OnSubmit(Fault fault, int times = 1) => Add(_submits, NotForAudio(fault), times);

    /// <summary>The next requests with getResponse tasks only.</summary>
    public void OnPoll(Fault fault, int times = 1) => Add(_polls, NotForAudio(fault), times);

    public void OnDownload(Fault fault, int times = 1) => Add(_downloads, NotForTasks(fault), times);

    /// <summary>Forgets what has not happened yet.</summary>
    public void Clear()
    {
        _submits.Clear();
        _polls.Clear();
        _downloads.Clear();
    }

    internal Fault? NextSubmit() => Next(_submits);

    internal Fault? NextPoll() => Next(_polls);

    internal Fault? NextDownload() => Next(_downloads);

    private static Fault? Next(ConcurrentQueue<Fault> queue) => queue.TryDequeue(out var fault) ? fault : null;

    private static void Add(ConcurrentQueue<Fault> queue, Fault fault, int times)
    {
        for (var time = 0; time < times; time++)
            queue.Enqueue(fault);
    }

    private static Fault NotForAudio(Fault fault) =>
        fault is Fault.CutDownload or Fault.NotFoundDownload or Fault.HtmlDownload
            ? throw new ArgumentException($"{fault.GetType().Name} can only happen to a download.", nameof(fault))
            : fault;

    private static Fault NotForTasks(Fault fault) =>
        fault is Fault.Shaped
            ? throw new ArgumentException("A download has no tasks to answer for in a shape.", nameof(fault))
            : fault;
}
