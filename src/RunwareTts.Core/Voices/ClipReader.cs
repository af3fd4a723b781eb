using System.Security.Cryptography;
using RunwareTts.Requests;

namespace RunwareTts.Voices;

public sealed record ClipReading(ReferenceClip Clip, IReadOnlyList<string> Warnings);

public sealed class ClipReader(Func<string, string> resolve)
{
    public ClipReading Read(string given, string? transcript, string? language)
    {
        string path = resolve(given);
        return new(ReferenceClip.OfFile(path, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))).ToLowerInvariant()), []);
    }

    public ClipReading Read(TtsVoice kept) => Read(kept.Path!, null, null);
}
