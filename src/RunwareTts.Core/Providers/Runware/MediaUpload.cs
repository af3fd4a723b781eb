using System.Text.Json;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>The service's storage of media: an upload, and its removal. Both are free.</summary>
internal sealed class MediaUpload(RunwareClient client)
{
    // The service gives this in place of an id until it has processed an upload.
    private const string Processing = "1";
    private const int MaxLength = 200;

    // About a minute in all.
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(4);
    private const int MaxPolls = 18;

    /// <summary>Uploads a clip, and waits until it has been processed.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="TtsException">The service did not take it, or could not be reached.</exception>
    public async Task<string> UploadAsync(byte[] clip, CancellationToken token)
    {
        Guid task = Guid.NewGuid();
        WireCall call = new(WireRequest.StoreMedia(task, Convert.ToBase64String(clip)));
        string? media = Read(await client.SendAsync(call, token).ConfigureAwait(false));
        TimeSpan rest = FirstRest;
        for (int polls = 0; media is null && polls < MaxPolls; polls++)
        {
            await Task.Delay(rest, token).ConfigureAwait(false);
            rest = TimeSpan.FromTicks(Math.Min(rest.Ticks * 2, MaxRest.Ticks));
            media = await AskAsync(task, token).ConfigureAwait(false);
        }

        return media ?? throw Unreadable("The service was still processing the clip after a minute");
    }

    public async Task DeleteAsync(string media, CancellationToken token)
    {
        WireCall call = new(WireRequest.DeleteMedia(Guid.NewGuid(), media));
        WireAnswer answer = await client.SendAsync(call, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
    }

    /// <summary>An id as the service gives it; nothing else is sent or kept.</summary>
    public static bool IsId(string? media) =>
        media is { Length: > 1 and <= MaxLength } && media.All(c => c is > ' ' and < '\u007F' and not '"');

    // A poll that fails for a reason that passes is followed by the next one.
    private async Task<string?> AskAsync(Guid task, CancellationToken token)
    {
        try
        {
            return Read(await client.SendAsync(new WireCall(WireRequest.Response(task)) { Asked = task }, token)
                .ConfigureAwait(false));
        }
        catch (TtsException e) when (e.IsTransient)
        {
            return null;
        }
    }

    // Null while it is processed.
    private static string? Read(WireAnswer answer)
    {
        if (answer.FirstError is { } error)
            throw error;
        foreach (JsonElement item in answer.Others)
        {
            if (item.GetText("mediaUUID") is not { } media)
                continue;
            return media == Processing ? null
                : IsId(media) ? media
                : throw Unreadable("The answer to an upload has an id that cannot be read");
        }

        bool isProcessed = answer.Others.Count == 0 && !answer.Tasks.Values.Any(task => task.IsRunning);
        return isProcessed ? throw Unreadable("The answer to an upload has no mediaUUID") : null;
    }

    private static RunwareException Unreadable(string why) => RunwareException.From(
        WireError.Unreadable(why, new WireContext(200)) with { Code = "uploadNotRead", IsUnreadable = false });
}
