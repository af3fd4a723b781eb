using System.Text.Json;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>Reads one data item: audio by URL, as base64 or as a data URI, or not there yet.</summary>
internal static class WireResult
{
    public static SpeechResult? Read(JsonElement item, string? status)
    {
        string? url = item.GetText("audioURL");
        string? encoded = item.GetText("audioBase64Data") ?? AfterComma(item.GetText("audioDataURI"));
        string? audio = item.GetText("audioUUID");
        bool hasAudio = url is not null || encoded is not null || status == "success"
            || audio is not null && status is null;
        return hasAudio ? new SpeechResult(audio, Address(url), Decode(encoded), item.GetNumber("cost")) : null;
    }

    private static Uri? Address(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" ? address : null;

    private static string? AfterComma(string? dataUri) => dataUri?.Substring(dataUri.IndexOf(',') + 1);

    private static byte[]? Decode(string? encoded)
    {
        if (encoded is null)
            return null;
        try
        {
            return Convert.FromBase64String(encoded);
        }
        catch (FormatException)
        {
            // The check of the audio finds that it is none, and names the task.
            return [];
        }
    }
}
