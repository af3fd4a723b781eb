namespace RunwareTts.Emulator;

/// <summary>An accepted task and its results, which appear one by one.</summary>
internal sealed class AudioTask(AudioOrder order, byte[] request, Uri home)
{
    // Not the task that makes it: that one would hold on to all it worked with.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AudioOrder Order => order;

    /// <summary>The task object as it was sent, in UTF-8.</summary>
    public byte[] Request => request;

    /// <summary>getResponse knows it no more; getTaskDetails does.</summary>
    public bool Forgotten { get; set; }

    public IReadOnlyList<AudioResult> Results { get; } =
        [.. Enumerable.Range(0, order.NumberResults).Select(_ => new AudioResult())];

    /// <summary>Ends when every result is there, failed ones too.</summary>
    public Task Done => _done.Task;

    public void Finish() => _done.TrySetResult();

    public void Fail(Failing failing)
    {
        var error = new ApiError("inferenceError", "A failure on demand.") { Status = "error" };
        foreach (var result in failing switch { Failing.Everything => Results, Failing.LastResult => [Results[^1]], _ => [] })
            result.Fail(error);
    }

    public string PathOf(AudioResult result) =>
        $"{AudioEndpoint.Folder}{result.AudioUuid}.{order.Speech.Format.ToLowerInvariant()}";

    public Uri UrlOf(AudioResult result) => new(home, PathOf(result));
}

internal sealed class AudioResult
{
    private object? _outcome;

    public Guid AudioUuid { get; } = Guid.NewGuid();

    public byte[]? Audio => Volatile.Read(ref _outcome) as byte[];

    public ApiError? Failure => Volatile.Read(ref _outcome) as ApiError;

    /// <summary>Unless it was made to fail before.</summary>
    public void Succeed(byte[] audio) => Interlocked.CompareExchange(ref _outcome, audio, null);

    public void Fail(ApiError error) => Volatile.Write(ref _outcome, error);
}
