using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>Reads one data item: audio by URL, as base64 or as a data URI, or not there yet.</summary>
internal static class WireResult
{
    public static SpeechResult? Read(JsonElement item, string? status)
    {
        string? url = WireJson.Text(item, "audioURL");
        string? encoded = WireJson.Text(item, "audioBase64Data") ?? AfterComma(WireJson.Text(item, "audioDataURI"));
        string? audio = WireJson.Text(item, "audioUUID");
        if (url is null && encoded is null && status != "success" && (audio is null || status is not null))
            return null;

        Uri? address = url is not null && Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == "https" || parsed.Scheme == "http") ? parsed : null;
        return new SpeechResult(audio, address, Decode(encoded), WireJson.Number(item, "cost"));
    }

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
            // Found later as audio that is none, with the task's id in the message.
            return [];
        }
    }
}
