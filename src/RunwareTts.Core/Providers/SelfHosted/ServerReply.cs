using System.Text.Json;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>How a server has answered.</summary>
internal abstract record ServerReply;

/// <param name="Bytes">Of whatever format: only the bytes themselves say it.</param>
/// <param name="IsCut">The model stopped at the token cap; null if the server does not say it.</param>
internal sealed record SpeechReply(byte[] Bytes, bool? IsCut) : ServerReply;

/// <summary>The server has too much to do. Nothing was generated.</summary>
/// <param name="RetryAfter">How long it asks to wait.</param>
internal sealed record BusyReply(TimeSpan? RetryAfter) : ServerReply;

/// <summary>The server has no encoder for the format that was asked for. Nothing was generated.</summary>
internal sealed record NoEncoderReply : ServerReply;

/// <summary>Another server would refuse this request too.</summary>
internal sealed record RefusedReply(TtsException Error) : ServerReply;

/// <summary>The server has failed, so another one is tried.</summary>
/// <param name="Error">Why, for a row that fails on every server that it is sent to.</param>
internal record FailedReply(TtsException Error) : ServerReply
{
    /// <summary>The server worked on the text, which may have made it fail.</summary>
    public bool TextMayBeCause { get; init; } = true;

    /// <summary>No other request can succeed there for now.</summary>
    public bool IsDown { get; init; }
}

/// <summary>The server has answered with audio that is not complete.</summary>
/// <param name="Speech">The audio.</param>
/// <param name="Error">What is wrong with it.</param>
internal sealed record BrokenReply(SpeechReply Speech, TtsException Error) : FailedReply(Error);

/// <summary>What a server answers to a question about itself.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Json">The answer where it is JSON.</param>
internal sealed record ServerPage(int Status, JsonElement? Json)
{
    /// <summary>It is a page for a browser.</summary>
    public bool IsWeb { get; init; }

    /// <summary>Where a redirect points, to be shown.</summary>
    public string? Location { get; init; }
}
