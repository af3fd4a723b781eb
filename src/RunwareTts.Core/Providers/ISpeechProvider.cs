using RunwareTts.Requests;

namespace RunwareTts.Providers;

/// <summary>
/// Turns requests into audio. A task is submitted under an id of our own, can be polled for as often as wanted, and
/// each of its results is fetched as bytes.
/// </summary>
public interface ISpeechProvider : IAudioSource
{
    /// <summary>Runware, SelfHosted or Offline.</summary>
    string Name { get; }

    /// <summary>It charges nothing, and keeps no tasks: what is lost is generated again.</summary>
    bool ChargesNothing { get; }

    /// <summary>
    /// A described voice can be kept. False where the same description always gives the same voice, so that there is
    /// nothing to keep.
    /// </summary>
    bool KeepsVoices { get; }

    /// <summary>It uploads what it generates to a row's UploadEndpoint; otherwise that is done here.</summary>
    bool UploadsResults { get; }

    /// <summary>A warning for each pipeline, or null.</summary>
    string? Caution { get; }

    /// <summary>A warning for this request, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">Ends the wait for a program that is asked.</param>
    string? CautionFor(SpeechRequest request, CancellationToken token = default);

    /// <summary>Why this request cannot be done here (an error named NotSupported.…), or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wait">False where the task is only started.</param>
    TtsException? FindUnsupported(SpeechRequest request, bool wait);

    /// <summary>Throws an error that ends the pipeline if nothing can be sent, such as without a key.</summary>
    void EnsureReady();

    /// <summary>Starts a task. Results that are not in the answer are polled for.</summary>
    /// <param name="task">The id of the task; the same one when a lost submission is repeated.</param>
    /// <param name="request">The request.</param>
    /// <param name="wait">The answer should hold the results; otherwise it only confirms the task.</param>
    /// <param name="token">Stops waiting; a task that was sent cannot be cancelled.</param>
    Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token);

    /// <summary>The state of these tasks. A task that is not in the answer is not known yet.</summary>
    Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token);

    /// <summary>A task from the archive, which keeps it longer than polls find it; null if it is not there.</summary>
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
