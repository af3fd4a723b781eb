namespace RunwareTts.Emulator;

/// <summary>An accepted task and its results, which appear one by one.</summary>
internal sealed class AudioTask(AudioOrder order, Uri home)
{
    public AudioOrder Order => order;

    public IReadOnlyList<AudioResult> Results { get; } =
        [.. Enumerable.Range(0, order.NumberResults).Select(_ => new AudioResult())];

    /// <summary>Ends when every result is there, failed ones too.</summary>
    public Task Done { get; set; } = Task.CompletedTask;

    public Uri UrlOf(AudioResult result) =>
        new(home, $"/audio/{result.AudioUuid}.{order.Speech.Format.ToLowerInvariant()}");
}

internal sealed class AudioResult
{
    private volatile object? _outcome;

    public Guid AudioUuid { get; } = Guid.NewGuid();

    public byte[]? Audio => _outcome as byte[];

    public ApiError? Failure => _outcome as ApiError;

    public void Succeed(byte[] audio) => _outcome = audio;

    public void Fail(ApiError error) => _outcome = error;
}
