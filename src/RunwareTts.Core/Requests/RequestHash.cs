using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>
/// Names a request by what changes its audio: equal requests have equal hashes, however they were spelled
/// (a default left out or written), wherever the audio goes and however it is delivered.
/// </summary>
public static class RequestHash
{
    /// <summary>
    /// What makes two rows one: the hash, and where the service itself is to bring the audio. A presigned query is left
    /// out of it, since it changes from day to day.
    /// </summary>
    public static string Identity(string hash, SpeechRequest request) =>
        request.UploadEndpoint is null && request.WebhookUrl is null
            ? hash
            : Sha256(Encoding.UTF8.GetBytes($"{hash} {request.UploadEndpoint?.GetLeftPart(UriPartial.Path)} {request.WebhookUrl?.OriginalString}"));

    /// <summary>What makes two rows one whose audio is joined of parts, of which one may be asked for by the same hash.</summary>
    public static string Joined(string hash, bool hasChapters = false) =>
        Sha256(Encoding.UTF8.GetBytes(hasChapters ? $"{hash} joined in chapters" : $"{hash} joined"));

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Compute(string provider, SpeechRequest request)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(provider);
            json.WriteStringValue(request.Model);
            json.WriteStringValue(request.Voice);
            json.WriteStringValue(request.VoiceDescription ?? request.Style ?? "");
            json.WriteStringValue(request.Text);
            json.WriteStringValue(request.Language ?? SpeechCatalog.Languages[0].Name);
            json.WriteStringValue((request.Speed ?? SpeechCatalog.Limits.DefaultSpeed).ToString("0.00", CultureInfo.InvariantCulture));
            json.WriteStringValue(request.OutputFormat);
            json.WriteNumberValue(request.Bitrate ?? 0);
            json.WriteNumberValue(request.SampleRate ?? 0);
            json.WriteNumberValue(request.Channels ?? 0);
            json.WriteNumberValue(request.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens);
            json.WriteNumberValue(request.NumberResults);
            json.WriteEndArray();
        }

        return Sha256(buffer.ToArray());
    }

    /// <summary>Enough of a hash to tell a few things apart.</summary>
    internal static string Short(string text) => Sha256(Encoding.UTF8.GetBytes(text)).Substring(0, 16);

    private static string Sha256(byte[] bytes)
    {
#if NET
        return Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
#else
        using SHA256 sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
#endif
    }
}
