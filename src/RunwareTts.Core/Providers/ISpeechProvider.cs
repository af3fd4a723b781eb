using RunwareTts.Requests;

namespace RunwareTts.Providers;

/// <summary>
/// Turns requests into audio. A task is submitted under an id of our own, can be polled for as often as wanted, and
/// each of its results is fetched as bytes.
/// </summary>
public interface ISpeechProvider : IAudioSource
{
    /// <summary>Runware or Offline.</summary>
    string Name { get; }

    bool ChargesNothing { get; }

    /// <summary>What the user should know once a pipeline, or null.</summary>
    string? Caution { get; }

    /// <summary>What the user should know of this one request, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">Ends the wait for a program that is asked.</param>
    string? CautionFor(SpeechRequest request, CancellationToken token = default);

    /// <summary>Why this request cannot be done here (an error named NotSupported.…), or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wait">False where the task is only started.</param>
    TtsException? FindUnsupported(SpeechRequest request, bool wait);

    /// <summary>Throws the error that ends the pipeline when nothing can be sent at all, as without a key.</summary>
    void EnsureReady();

    /// <summary>Starts a task. What is done at once is in the answer; the rest is polled for.</summary>
    /// <param name="task">The id of the task; the same one when a lost submission is repeated.</param>
    /// <param name="request">The request.</param>
    /// <param name="wait">The answer should hold the results; otherwise it only confirms the task.</param>
    /// <param name="token">Stops waiting; a task that has left cannot be taken back.</param>
    Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token);

    /// <summary>What became of these tasks so far. A task that is not in the answer is not known yet.</summary>
    Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token);

    /// <summary>What the provider's archive has of a task, long after it was polled for; null for nothing.</summary>
    Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token);

    /// <summary>The service's price of this request in USD; nothing is generated or paid.</summary>
    Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token);
}

/// <summary>Where the bytes of results are.</summary>
public interface IAudioSource
{
    /// <summary>Writes a result's bytes.</summary>
    Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token);
}
