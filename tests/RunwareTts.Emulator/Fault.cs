namespace RunwareTts.Emulator;

/// <summary>What can go wrong on the way. Accepted means: the task runs and is charged.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>An HTTP error before anything is accepted. Without a body, an error object that fits the code.</summary>
    public sealed record Status(int Code, string? Body = null, string? RetryAfter = null) : Fault
    {
        /// <summary>Retry-After as a date, this far from now and in whole seconds.</summary>
        public TimeSpan? RetryAt { get; init; }

        /// <summary>How far the service's clock is ahead of this machine's.</summary>
        public TimeSpan ClockAhead { get; init; }
    }

    /// <summary>The answer points to another address; nothing is accepted.</summary>
    public sealed record Redirect(string Location, int Code = 307) : Fault;

    /// <summary>This JSON in place of an answer; nothing is accepted.</summary>
    public sealed record ErrorBody(string Json, int Code = 200) : Fault;

    /// <summary>A web page in place of an answer, as proxies give it; nothing is accepted.</summary>
    public sealed record Html(int Code = 200) : Fault;

    /// <summary><c>{"data":[]}</c>; nothing is accepted.</summary>
    public sealed record Empty : Fault;

    /// <summary>The request is read, then the connection is reset; nothing is accepted.</summary>
    public sealed record ResetBeforeAccept : Fault;

    /// <summary>Accepted, then the connection is reset with no answer.</summary>
    public sealed record ResetAfterAccept : Fault;

    /// <summary>Accepted, and half of the answer is sent.</summary>
    public sealed record CutAnswer : Fault;

    /// <summary>Accepted, and answered in one of <see cref="AnswerShapes"/>; some of those let the tasks fail.</summary>
    public sealed record Shaped(string Name, int? Code = null) : Fault
    {
        internal AnswerShape Shape { get; } = AnswerShapes.Find(Name);
    }

    /// <summary>Accepted at once, answered this much later.</summary>
    public sealed record Slow(TimeSpan By) : Fault;

    /// <summary>Half of the audio is sent under the length of the whole.</summary>
    public sealed record CutDownload : Fault;

    public sealed record NotFoundDownload : Fault;

    /// <summary>A web page with HTTP 200 where the audio should be.</summary>
    public sealed record HtmlDownload : Fault;

    /// <summary>A web page under the audio's own type.</summary>
    public sealed record DisguisedDownload : Fault;

    /// <summary>Half of the audio, and nobody says that it was more.</summary>
    public sealed record ShortDownload : Fault;

    /// <summary>The audio under a type that is not its own.</summary>
    public sealed record MistypedDownload(string Type) : Fault;

    /// <summary>The audio compressed, and told so or not: gzip, deflate or br.</summary>
    public sealed record EncodedDownload(string Coding, bool IsTold = true) : Fault;

    /// <summary>The audio as it is, and told to be compressed.</summary>
    public sealed record MisnamedCodingDownload(string Coding) : Fault;

    /// <summary>Sound audio, at a sample rate that nobody asked for.</summary>
    public sealed record ResampledDownload : Fault;

    /// <summary>The item is posted again after it was taken.</summary>
    public sealed record DuplicateWebhook : Fault;
}
