namespace RunwareTts.Providers.SelfHosted;

/// <summary>How a server has answered.</summary>
internal abstract record ServerReply
{
    private ServerReply()
    {
    }

    /// <param name="Bytes">Of whatever format: only the bytes themselves say it.</param>
    /// <param name="IsCut">The model stopped at the token cap; null if the server does not say it.</param>
    public sealed record Audio(byte[] Bytes, bool? IsCut) : ServerReply;

    /// <summary>It has too much to do. Nothing was generated.</summary>
    /// <param name="RetryAfter">How long it asks to wait.</param>
    public sealed record Busy(TimeSpan? RetryAfter) : ServerReply;

    /// <summary>It has no encoder for the format that was asked for. Nothing was generated.</summary>
    public sealed record NoEncoder : ServerReply;

    /// <summary>Another server would refuse this request too.</summary>
    public sealed record Refused(TtsException Error) : ServerReply;

    /// <summary>The server has failed, so another one is tried.</summary>
    /// <param name="Error">Why, for a row that fails on every server that it is sent to.</param>
    public sealed record Failed(TtsException Error) : ServerReply
    {
        /// <summary>The text was worked on, and may be the reason.</summary>
        public bool IsOfText { get; init; } = true;

        /// <summary>No other request can succeed there for now.</summary>
        public bool IsDown { get; init; }
    }
}
