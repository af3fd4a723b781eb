using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunwareTts.Catalog;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>
/// Identifies a request by what changes its audio, and by nothing else. Defaults that are written or left out, line
/// ends, the encoding of accents and the delivery make no difference.
/// </summary>
public static class RequestHash
{
    // Earlier versions gave these spellings of a text different hashes.
    private static readonly Func<string, string>[] Spellings =
    [
        text => text,
        Normal,
        text => Normal(text).Replace("\n", "\r\n"),
        text => PlainText.Normalize(Normal(text), NormalizationForm.FormD),
        text => PlainText.Normalize(Normal(text), NormalizationForm.FormD).Replace("\n", "\r\n"),
    ];

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Compute(string provider, SpeechRequest request) => Compute(provider, request, Normal);

    /// <summary>The hash of a request in the ledger, and its hashes by earlier versions.</summary>
    /// <param name="provider">Where it is sent.</param>
    /// <param name="request">The request.</param>
    /// <param name="isJoined">Its audio is joined from parts; one of them may be the same request.</param>
    /// <param name="hasChapters">The joined file has chapters.</param>
    internal static RequestName Name(string provider, SpeechRequest request, bool isJoined = false,
        bool hasChapters = false)
    {
        string hash = Compute(provider, request);
        if (isJoined)
            return new RequestName(
                Joined(hash, hasChapters),
                [.. Respelled(provider, request, hash).Select(older => (Joined(older, hasChapters), (string?)null))]);
        return new RequestName(hash, [.. OlderOf(provider, request, hash)]);
    }

    /// <summary>Identifies the UploadEndpoint, without its query, because a presigned one changes every day.</summary>
    internal static string? UploadHash(SpeechRequest request) =>
        request.UploadEndpoint is { } url ? Short(url.GetLeftPart(UriPartial.Path)) : null;

    /// <summary>Identifies the casting of a voice: one of another name is another voice.</summary>
    internal static string OfCasting(string provider, string name, string description, string language) =>
        Sha256($"{provider} casts {name} for {KeptName.Of(description)} in {language}");

    /// <summary>Identifies the casting of a voice in place of the one that this task has cast.</summary>
    internal static string OfCastingAfter(string casting, Guid task) => Sha256($"{casting} after {task:D}");

    private static string Joined(string hash, bool hasChapters) =>
        Sha256(hasChapters ? $"{hash} joined in chapters" : $"{hash} joined");

    // In earlier versions the URLs of delivery were part of the hash.
    private static IEnumerable<(string Hash, string? Upload)> OlderOf(
        string provider, SpeechRequest request, string hash)
    {
        string[] respelled = [.. Respelled(provider, request, hash)];
        foreach (string older in respelled)
            yield return (older, null);
        if (request.UploadEndpoint is null && request.WebhookUrl is null)
            yield break;
        string places = $"{request.UploadEndpoint?.GetLeftPart(UriPartial.Path)} {request.WebhookUrl?.OriginalString}";
        foreach (string older in respelled.Prepend(hash))
            yield return (Sha256($"{older} {places}"), UploadHash(request));
    }

    private static IEnumerable<string> Respelled(string provider, SpeechRequest request, string hash) =>
        IsPlain(request.Text) && IsPlain(request.VoiceDescription ?? request.Style ?? "")
            ? []
            : Spellings.Select(spelling => Compute(provider, request, spelling)).Distinct()
                .Where(older => older != hash);

    // A text of plain ASCII on one line has one spelling only.
    private static bool IsPlain(string text) => text.All(c => c is < '\u0080' and not ('\n' or '\r'));

    private static string Normal(string text) => PlainText.Normalize(text.Replace("\r\n", "\n").Replace('\r', '\n'));

    private static string Compute(string provider, SpeechRequest request, Func<string, string> spelling)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(provider);
            json.WriteStringValue(request.Model);
            json.WriteStringValue(request.WireVoice);
            json.WriteStringValue(request.IsClone ? "" : spelling(request.VoiceDescription ?? request.Style ?? ""));
            json.WriteStringValue(spelling(request.Text));
            json.WriteStringValue(request.Language ?? SpeechCatalog.Languages[0].Name);
            decimal speed = request.Speed ?? SpeechCatalog.Limits.DefaultSpeed;
            json.WriteStringValue(speed.ToString("0.00", CultureInfo.InvariantCulture));
            json.WriteStringValue(request.OutputFormat);
            json.WriteNumberValue(request.Bitrate ?? 0);
            json.WriteNumberValue(request.SampleRate ?? 0);
            json.WriteNumberValue(request.Channels ?? 0);
            json.WriteNumberValue(request.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens);
            json.WriteNumberValue(request.NumberResults);
            if (request.IsClone || request.Clip is not null)
            {
                json.WriteStringValue(request.Clip?.Identity ?? request.Voice);
                json.WriteStringValue(spelling(request.Transcript ?? ""));
            }

            if (request.Option is { } option)
                json.WriteStringValue(option.Identity);
            json.WriteEndArray();
        }

        return Sha256(buffer.ToArray());
    }

    /// <summary>A short hash, to distinguish a few values.</summary>
    internal static string Short(string text) => Sha256(text).Substring(0, 16);

    private static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    private static string Sha256(byte[] bytes) =>
        Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
}

/// <summary>The hashes of a request in a ledger.</summary>
/// <param name="Hash">The hash by this version.</param>
/// <param name="Older">The hashes by earlier versions, and the UploadHash that belonged to them.</param>
internal sealed record RequestName(string Hash, IReadOnlyList<(string Hash, string? Upload)> Older);
