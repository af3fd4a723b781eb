using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace RunwareTts.Binding;

/// <summary>Waits for work on the pipeline thread.</summary>
internal static class TaskWait
{
    private const int CleanUpMilliseconds = 250;

    /// <exception cref="PipelineStoppedException">It was cancelled.</exception>
    /// <exception cref="TtsException">The work's own.</exception>
    public static void For(Func<CancellationToken, Task> work, CancellationToken token)
    {
        Task task = Task.CompletedTask;
        try
        {
            task = work(token);
            task.Wait(token);
        }
        catch (Exception e) when (e is OperationCanceledException
            or AggregateException { InnerException: OperationCanceledException })
        {
            // It gets a moment to remove its temporary files.
            Task.WhenAny(task).Wait(CleanUpMilliseconds, CancellationToken.None);
            throw new PipelineStoppedException();
        }
        catch (AggregateException e) when (e.InnerException is TtsException error)
        {
            ExceptionDispatchInfo.Capture(error).Throw();
        }
    }

    /// <summary>The same for work that gives something.</summary>
    /// <inheritdoc cref="For(Func{CancellationToken, Task}, CancellationToken)"/>
    public static T For<T>(Func<CancellationToken, Task<T>> work, CancellationToken token)
    {
        Task<T>? task = null;
        For((Func<CancellationToken, Task>)(t => task = work(t)), token);
        return task!.Result;
    }
}
