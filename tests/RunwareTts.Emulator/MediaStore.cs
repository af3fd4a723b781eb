using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Emulator;

/// <summary>What was uploaded. Equal content twice is two entries.</summary>
internal sealed class MediaStore
{
    private const string DataScheme = "data:";
    private const string Base64Mark = ";base64,";
    private readonly ConcurrentDictionary<Guid, StoredMedia> _media = new();
    private readonly ConcurrentDictionary<string, StoredMedia> _byTask = new(StringComparer.OrdinalIgnoreCase);

    public void Add(StoredMedia media)
    {
        _media[media.Uuid] = media;
        _byTask[media.TaskUuid] = media;
    }

    public StoredMedia? Find(Guid uuid) => _media.GetValueOrDefault(uuid);

    public StoredMedia? OfTask(string taskUuid) => _byTask.GetValueOrDefault(taskUuid);

    public bool Delete(Guid uuid)
    {
        if (!_media.TryRemove(uuid, out var media)) return false;
        _byTask.TryRemove(KeyValuePair.Create(media.TaskUuid, media));
        return true;
    }

    /// <summary>How many there were.</summary>
    public int Forget() => _media.Keys.Count(Delete);

    /// <summary>The address of stored media of this emulator counts as the media itself.</summary>
    public Clip OfUrl(string url)
    {
        var own = _media.Values.FirstOrDefault(media => media.Url.AbsoluteUri == url);
        return own?.Clip ?? new Clip(null, Digest(Encoding.UTF8.GetBytes(url)));
    }

    /// <summary>Base64 or a data URI; null when it is neither, or nothing.</summary>
    public static Clip? OfInline(string given)
    {
        var mark = given.IndexOf(Base64Mark, StringComparison.OrdinalIgnoreCase);
        var isUri = given.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase);
        if (isUri && mark < 0) return null;
        var base64 = isUri ? given[(mark + Base64Mark.Length)..] : given;
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length == 0) return null;
        bytes = bytes[..length];
        return new Clip(bytes, Digest(bytes));
    }

    public static bool IsUrl(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
