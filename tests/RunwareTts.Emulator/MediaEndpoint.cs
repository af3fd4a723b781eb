namespace RunwareTts.Emulator;

/// <summary>GET /media/{mediaUUID}: the address that an upload answers with. Media stored by URL is not here.</summary>
internal sealed class MediaEndpoint(MediaStore store)
{
    public const string Folder = "/media/";

    public Task HandleAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && Guid.TryParseExact(context.Request.Path.Value![Folder.Length..], "D", out var uuid)
        && store.Find(uuid)?.Clip.Bytes is { } bytes
            ? Wire.BytesAsync(context, 200, "application/octet-stream", bytes)
            : Wire.TextAsync(context, 404, "text/plain", "Not found");
}
