using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace RunwareTts.Binding;

/// <summary>Waits for work on the pipeline thread.</summary>
internal static class TaskWait
{
    private const int TickMilliseconds = 200;
    private const int CleanUpMilliseconds = 250;

    /// <param name="work">Starts the work.</param>
    /// <param name="token">Ends the work and the wait.</param>
    /// <param name="tick">Runs on this thread five times a second until the work is done.</param>
    /// <exception cref="PipelineStoppedException">It was cancelled.</exception>
    /// <exception cref="TtsException">The work's own.</exception>
    public static void For(Func<CancellationToken, Task> work, CancellationToken token, Action? tick = null)
    {
        Task task = Task.CompletedTask;
        try
        {
            task = work(token);
            while (!task.Wait(TickMilliseconds, token))
                tick?.Invoke();
        }
        catch (Exception e) when (e is OperationCanceledException
            or AggregateException { InnerException: OperationCanceledException })
        {
            // It gets a moment to remove its temporary files.
            Task.WhenAny(task).Wait(CleanUpMilliseconds, CancellationToken.None);
            throw new PipelineStoppedException();
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Capture(Errors.From(e.InnerException!)).Throw();
        }
    }

    /// <summary>The same for work that has a result.</summary>
    /// <inheritdoc cref="For(Func{CancellationToken, Task}, CancellationToken, Action)"/>
    public static T For<T>(Func<CancellationToken, Task<T>> work, CancellationToken token, Action? tick = null)
    {
        Task<T>? task = null;
        For((Func<CancellationToken, Task>)(t => task = work(t)), token, tick);
        return task!.Result;
    }
}
