using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>A clip as servers take it.</summary>
internal static class ServerClip
{
    /// <summary>The UUID of a clip that another service stores, which no server of one's own has.</summary>
    public static bool IsStored(ReferenceClip clip) => Guid.TryParse(clip.Address, out _);

    /// <summary>The URL of a clip, or a data URI with the content of a file.</summary>
    /// <exception cref="TtsException">InvalidRequest.ReferenceAudio.</exception>
    public static async Task<string> AddressOfAsync(ReferenceClip clip)
    {
        if (clip.Address is { } url)
            return url;
        byte[] bytes = await ClipBytes.ReadAsync(clip).ConfigureAwait(false);
        return $"data:{TypeOf(bytes)};base64,{Convert.ToBase64String(bytes)}";
    }

    private static string TypeOf(byte[] bytes) => AudioInfoReader.Sniff(bytes) switch
    {
        "MP3" => "audio/mpeg",
        "FLAC" => "audio/flac",
        "OGG" => "audio/ogg",
        _ => "audio/wav",
    };
}
