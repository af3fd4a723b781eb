using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>The addresses of one speech server.</summary>
internal sealed class SpeechDesk(SpeechKind kind, SpeechSwitchBoard switches, SpeechRecord record) : IDisposable
{
    private static readonly HttpClient Clips = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _crashes = new(0);

    public RequestFlights Flights { get; } = new();

    public SlotGate Gate { get; } = new();

    private int Slots => switches.Now.Slots ?? kind.Slots;

    public void AdmitWaiting() => Gate.Admit(Slots);

    /// <summary>Until a request has killed the server.</summary>
    public Task WaitForCrashAsync(CancellationToken token) => _crashes.WaitAsync(token);

    /// <summary>Several requests may have killed it in the same moment.</summary>
    public void ForgetCrashes()
    {
        while (_crashes.Wait(0))
        {
        }
    }

    /// <summary>Ends the waits of all requests.</summary>
    public void Close() => _closing.Cancel();

    public void Dispose()
    {
        _closing.Dispose();
        _crashes.Dispose();
    }

    public async Task HandleAsync(HttpContext context)
    {
        Flights.Add(context);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closing.Token);
        try
        {
            await RouteAsync(context, patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            context.Abort();
        }
        finally
        {
            Flights.Remove(context);
        }
    }

    private async Task RouteAsync(HttpContext context, CancellationToken token)
    {
        var path = context.Request.Path.Value!;
        var now = switches.Now;
        if (now.Key is { } key && kind.NeedsKey(path) && context.Request.Headers.Authorization != $"Bearer {key}")
            await RefuseAsync(context, kind.Unauthorized);
        else if (path == SpeechKind.SpeechPath && HttpMethods.IsPost(context.Request.Method))
            await SpeechAsync(context, now, token);
        else if (path == SpeechKind.SpeechPath)
            await RefuseAsync(context, kind.NoPage(405));
        else
            await PageAsync(context, path, now);
    }

    private async Task PageAsync(HttpContext context, string path, SpeechServerSwitches now)
    {
        if (HttpMethods.IsGet(context.Request.Method) && kind.FindPage(path, now) is { } page)
        {
            if (page.Body is { } body) await Wire.JsonAsync(context, page.Status, body);
            else context.Response.StatusCode = page.Status;
            return;
        }
        var missing = kind.NoPage(404);
        await Wire.JsonAsync(context, missing.Status, missing.Body);
    }

    private async Task SpeechAsync(HttpContext context, SpeechServerSwitches now, CancellationToken token)
    {
        record.Came();
        if (now.MaxBody > 0 && context.Request.ContentLength > now.MaxBody)
        {
            const string Page = "<html><head><title>413 Request Entity Too Large</title></head></html>";
            record.Refuses(413, Page);
            await Wire.TextAsync(context, 413, "text/html", Page);
            return;
        }
        if (await ReadAsync(context, token) is not { } body)
        {
            await RefuseAsync(context, kind.NoJson);
            return;
        }
        switch (kind.Check(body, now))
        {
            case SpeechVerdict.Refuse(var refusal):
                await RefuseAsync(context, refusal);
                break;
            case SpeechVerdict.Crash:
                await DieAsync(token);
                break;
            case SpeechVerdict.Speak(var job) when await FindClipProblemAsync(job, token) is { } problem:
                await RefuseAsync(context, problem);
                break;
            case SpeechVerdict.Speak(var job) when !CanEncode(job.Format, now):
                await RefuseAsync(context, kind.NoEncoder(job.Format));
                break;
            case SpeechVerdict.Speak(var job):
                await QueueAsync(context, job, body, token);
                break;
        }
    }

    private async Task QueueAsync(HttpContext context, SpeechJob job, JsonElement body, CancellationToken token)
    {
        var working = await Gate.EnterAsync(Slots, switches.Now.Queue ?? kind.Queue, token);
        if (working == 0)
        {
            await RefuseAsync(context, kind.Busy(switches.Now.BusyStatus));
            return;
        }
        try
        {
            await WorkAsync(context, job, record.Began(body, working), token);
        }
        finally
        {
            Gate.Leave(Slots);
        }
    }

    private async Task WorkAsync(HttpContext context, SpeechJob job, int number, CancellationToken token)
    {
        var now = switches.Now;
        var isAnswered = false;
        try
        {
            if (number == now.CrashAfter || SpeechServerSwitches.Hits(now.CrashText, job.Text)) await DieAsync(token);
            if (SpeechServerSwitches.Hits(now.HangText, job.Text)) await Task.Delay(Timeout.Infinite, token);
            if (now.Delay > 0) await Task.Delay(TimeSpan.FromSeconds(now.Delay), token);
            if (SpeechServerSwitches.Hits(now.FailText, job.Text))
            {
                await RefuseAsync(context, kind.Failed("CUDA error: an illegal memory access was encountered"));
                return;
            }
            var take = SpeechSound.Speak(job, now);
            if (kind.FindOverrun(job, take) is { } overrun)
            {
                await RefuseAsync(context, overrun);
                return;
            }
            var isWav = kind is PlainKind && now.WavForMp3 && !SpeechEncoder.IsPlain(job.Format);
            var clip = await SpeechEncoder.EncodeAsync(take, isWav ? "wav" : job.Format, token);
            if (!now.HeaderMissing) kind.Tell(context.Response.Headers, job, take);
            record.Answers(job.Text);
            isAnswered = true;
            token.ThrowIfCancellationRequested();
            await Wire.BytesAsync(context, 200, now.ContentType ?? SpeechEncoder.ContentType(job.Format), clip);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            record.Loses(job.Text, isAnswered);
            throw;
        }
    }

    // The answer never comes: the crash breaks the connection.
    private async Task DieAsync(CancellationToken token)
    {
        _crashes.Release();
        await Task.Delay(Timeout.Infinite, token);
    }

    private bool CanEncode(string format, SpeechServerSwitches now) =>
        SpeechEncoder.IsPlain(format) || (kind is PlainKind && now.WavForMp3)
        || (SpeechEncoder.IsInstalled && !now.NoEncoder);

    // Clips elsewhere are believed to be there: tests do not leave this machine.
    private async Task<SpeechRefusal?> FindClipProblemAsync(SpeechJob job, CancellationToken token)
    {
        if (!Uri.TryCreate(job.Clip, UriKind.Absolute, out var url)) return null;
        if (url.Scheme != "http" || !url.IsLoopback) return null;
        try
        {
            return RefAudio.FindProblem(await Clips.GetByteArrayAsync(url, token)) is { } problem
                ? kind.BadClip(problem)
                : null;
        }
        catch (HttpRequestException exception)
        {
            return kind.BadClip($"Failed to load the reference audio: {exception.Message}");
        }
    }

    private async Task RefuseAsync(HttpContext context, SpeechRefusal refusal)
    {
        var body = Wire.Json(refusal.Body);
        if (context.Request.Path.Value == SpeechKind.SpeechPath) record.Refuses(refusal.Status, body);
        await Wire.TextAsync(context, refusal.Status, "application/json", body);
    }

    private static async Task<JsonElement?> ReadAsync(HttpContext context, CancellationToken token)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: token);
            return body.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
