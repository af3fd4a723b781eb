using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>What is known of an answer before its body is read.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">How long the service asks to wait.</param>
/// <param name="OnlyTask">The one task that was sent: what names no task is about it.</param>
/// <param name="AskedTask">The one task that was asked for: what names no task is about it or about the asking.</param>
/// <param name="Key">The key that was sent, which an answer may repeat.</param>
internal sealed record WireContext(
    int Status, TimeSpan? RetryAfter = null, Guid? OnlyTask = null, Guid? AskedTask = null, ApiKey? Key = null)
{
    /// <summary>The service's words without the key and without the queries of URLs, which may be presigned.</summary>
    public string Clean(string words) => ForeignWords.Clean(words, Key);
}
