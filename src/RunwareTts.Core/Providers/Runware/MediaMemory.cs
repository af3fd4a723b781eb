using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunwareTts.Files;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// The ids of uploaded clips, in the user's state folder: one small file for each clip and endpoint. What cannot be
/// read or written is not remembered, and the clip is uploaded again, which is free.
/// </summary>
/// <param name="state">The user's state folder; null for an account that has none.</param>
/// <param name="endpoint">Where the clips were uploaded.</param>
internal sealed class MediaMemory(string? state, Uri endpoint)
{
    private const int MaxBytes = 4096;

    private readonly string? _folder = state is null ? null : Path.Combine(state, "media");
    private readonly string _endpoint = endpoint.ToString().TrimEnd('/');

    /// <summary>The id of a clip; null where none is known.</summary>
    public string? Find(string sha256)
    {
        if (PathOf(sha256) is not { } path)
            return null;
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MaxBytes })
                return null;
            using JsonDocument json = JsonDocument.Parse(FileRetry.Run(() => File.ReadAllBytes(path)));
            JsonElement known = json.RootElement;
            string? media = known.GetText("media");
            return known.GetText("endpoint") == _endpoint && known.GetText("sha256") == sha256
                && MediaUpload.IsId(media)
                ? media : null;
        }
        catch (Exception e) when (IsOfFiles(e) || e is JsonException)
        {
            return null;
        }
    }

    public async Task KeepAsync(string sha256, string media)
    {
        if (PathOf(sha256) is not { } path)
            return;
        JsonObject known = new() { ["endpoint"] = _endpoint, ["sha256"] = sha256, ["media"] = media };
        string temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(_folder)!);
            PrivateFiles.CreateDirectory(_folder!);
            byte[] bytes = Encoding.UTF8.GetBytes(known.ToJsonString());
            using (FileStream file =
                PrivateFiles.OpenFile(temporary, FileMode.CreateNew, FileShare.None, FileOptions.WriteThrough))
                file.Write(bytes, 0, bytes.Length);
            await PendingFile.ReplaceAsync(temporary, path).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            await FileRetry.TidyAsync(temporary).ConfigureAwait(false);
        }
    }

    public void Forget(string sha256)
    {
        if (PathOf(sha256) is { } path)
            FileRetry.Tidy(path);
    }

    private string? PathOf(string sha256) =>
        _folder is null ? null : Path.Combine(_folder, $"{sha256}-{RequestHash.Short(_endpoint)}.json");

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException
        or NotSupportedException;
}
