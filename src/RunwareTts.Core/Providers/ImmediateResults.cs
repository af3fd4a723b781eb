using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Providers;

/// <summary>What a provider cannot do that returns each result at once, as bytes.</summary>
internal static class ImmediateResults
{
    /// <param name="request">The request.</param>
    /// <param name="wait">The result is waited for, not collected later.</param>
    /// <returns>The parameter and why it is refused; null if there is none.</returns>
    public static (string Parameter, string Why)? FindUnsupported(SpeechRequest request, bool wait) =>
        request.WebhookUrl is not null
            ? ("WebhookUrl", "nothing is pushed; the result is returned at once. Leave it out.")
        : request.Ttl is not null ? ("Ttl", "there is no URL that could expire. Leave it out.")
        : request.OutputType == SpeechCatalog.OutputTypes[0]
            ? ("OutputType", "there is no URL; the result is a file, or bytes in AudioData. Leave it out.")
        : !wait ? ("Async", "the result is returned at once. Leave -Async out.")
        : null;
}
