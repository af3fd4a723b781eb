using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>
/// Names a request by what changes its audio: equal requests have equal hashes, however they were spelled
/// (a default left out or written), wherever the audio goes and however it is delivered.
/// </summary>
public static class RequestHash
{
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

        using SHA256 sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(buffer.ToArray()).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
