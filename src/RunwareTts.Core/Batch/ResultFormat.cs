using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>The format of a result for which none was asked for: by its bytes, else by its URL.</summary>
internal static class ResultFormat
{
    private const int Head = 16;

    public static string? Of(SpeechResult result) =>
        result.Data is { } data ? AudioInfoReader.Sniff(data.AsSpan(0, Math.Min(Head, data.Length)))
        : result.Url is { } url ? SpeechCatalog.FindFormatByExtension(Path.GetExtension(url.AbsolutePath))?.Name
        : null;
}
