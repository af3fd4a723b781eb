using System.Collections.Concurrent;
using RunwareTts.Catalog;
using RunwareTts.Tools;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>One result of a task: speech, or why there is none.</summary>
internal sealed record SpokenResult(SpeechResult? Speech, TtsException? Error, IReadOnlyList<string> Warnings)
{
    /// <summary>The server that generated it.</summary>
    public string? Server { get; init; }
}

/// <summary>
/// Sends a request to one of the servers of its model. If that one fails, another one gets it. A text that fails twice
/// is not sent again, so that it cannot take all servers out.
/// </summary>
internal sealed class ServerDispatch(ServerFleet fleet, ServerBackoff backoff, ServerClient client)
{
    private const int MaxFailures = 2;

    private readonly ServerProbe _probe = new(client);

    private readonly Dictionary<string, ServerPool> _pools = SpeechCatalog.Models
        .Where(model => fleet.ServersOf(model.ModelId).Count > 0)
        .ToDictionary(model => model.ModelId, model => new ServerPool(fleet.ServersOf(model.ModelId), backoff));

    // Rows that need a new server wait for one query instead of sending one each.
    private readonly ConcurrentDictionary<SpeechServer, Identification> _identifying = [];

    /// <param name="task">The task that the result belongs to.</param>
    /// <param name="request">The request.</param>
    /// <param name="token">Stops it.</param>
    public async Task<SpokenResult> SpeakAsync(Guid task, ServerRequest request, CancellationToken token)
    {
        List<string> warnings = [];
        try
        {
            (SpeechReply audio, SpeechServer server) =
                await SpeakOnAnyAsync(task, request, warnings, token).ConfigureAwait(false);
            byte[] bytes = await ServerAudio.EnsureFormatAsync(audio.Bytes, request.Request, token)
                .ConfigureAwait(false);
            return new SpokenResult(
                new SpeechResult(null, null, bytes, null) { IsCut = audio.IsCut }, null, warnings)
                { Server = server.Name };
        }
        catch (TtsException e)
        {
            return new SpokenResult(null, e, warnings);
        }
    }

    private async Task<(SpeechReply Audio, SpeechServer Server)> SpeakOnAnyAsync(
        Guid task, ServerRequest request, List<string> warnings, CancellationToken token)
    {
        ServerPool pool = _pools[request.Request.Model];
        FailedReply? failed = null;
        SpeechServer? avoid = null;
        for (int failures = 0; ;)
        {
            ServerLease lease = await pool.TakeAsync(avoid, token).ConfigureAwait(false)
                ?? throw await DownAsync(pool, token).ConfigureAwait(false);
            try
            {
                switch (await SendAsync(lease.Server, request, token).ConfigureAwait(false))
                {
                    case SpeechReply audio:
                        pool.Spoke(lease, request.Request.TextLength);
                        lease.Server.ClearProblem();
                        return (audio, lease.Server);
                    // The last one is kept, and refused where it is saved, with its bytes.
                    case BrokenReply broken when failures + 1 == MaxFailures:
                        pool.Failed(lease, task, isDown: false);
                        warnings.Add(broken.Error.Message);
                        return (broken.Speech, lease.Server);
                    case NoEncoderReply:
                        pool.Answered(lease);
                        lease.Server.CannotEncode(ServerAudio.FormatFor(request.Request));
                        break;
                    case BusyReply busy:
                        pool.WasBusy(lease, busy.RetryAfter);
                        break;
                    case RefusedReply refused:
                        pool.Answered(lease);
                        if (refused.Error.EndsPipeline)
                            lease.Server.SetProblem(refused.Error.Message, isDown: false);
                        throw refused.Error;
                    case FailedReply failure:
                        if (pool.Failed(lease, task, failure.IsDown) is { } time)
                            warnings.Add(LeftOut(lease.Server, failure.Error, time));
                        lease.Server.SetProblem(failure.Error.Message, failure.IsDown);
                        if (failure.TextMayBeCause && ++failures == MaxFailures)
                            throw failed is null ? failure.Error : Errors.ServersFailed(failed.Error, failure.Error);
                        failed = failure.TextMayBeCause ? failure : failed;
                        avoid = lease.Server;
                        break;
                }
            }
            catch (OperationCanceledException)
            {
                // The row's time may be over because this server does not answer.
                pool.Failed(lease, task, isDown: false);
                throw;
            }
            finally
            {
                pool.Release(lease);
            }
        }
    }

    private async Task<ServerReply> SendAsync(SpeechServer server, ServerRequest request, CancellationToken token)
    {
        try
        {
            if (server.Profile is null || server.IsInDoubt)
                await IdentifyOnceAsync(server, token).ConfigureAwait(false);
        }
        catch (TtsException e)
        {
            // A key that is refused ends the pipeline, whether a row or a query has found it out.
            return e.EndsPipeline ? new RefusedReply(e)
                : new FailedReply(e) { TextMayBeCause = false, IsDown = true };
        }

        if (server.Profile!.Kind == ServerKind.OpenAI && request.Request.IsClone)
            return new RefusedReply(Errors.ServerClonesNothing(server.Name));
        string format = ServerAudio.FormatFor(request.Request);
        if (!server.Encodes(format))
        {
            // Before it is generated, or it would be lost.
            if (Ffmpeg.FindMissingEncoder(request.Request.OutputFormat) is { } missing)
                return new RefusedReply(missing);
            format = ServerAudio.Wav;
        }

        ServerReply reply = await client.SpeakAsync(server, request, format, token).ConfigureAwait(false);
        return reply switch
        {
            NoEncoderReply when format == ServerAudio.Wav => new FailedReply(Errors.ServerEncodesNothing(server.Name)),
            SpeechReply audio => Check(server, audio, format),
            _ => reply,
        };
    }

    private static ServerReply Check(SpeechServer server, SpeechReply audio, string format)
    {
        if (ServerAudio.FindFault(audio.Bytes) is { } fault)
            return new BrokenReply(audio, Errors.ServerAudioBroken(server.Name, fault));
        // Some answer any format with WAV.
        if (!format.Equals(ServerAudio.FormatOf(audio.Bytes), StringComparison.OrdinalIgnoreCase))
            server.CannotEncode(format);
        return audio;
    }

    private async Task IdentifyOnceAsync(SpeechServer server, CancellationToken token)
    {
        Identification identifying = _identifying.GetOrAdd(server, _ => new Identification());
        TtsException? before = identifying.Failure;
        await identifying.Turn.WaitAsync(token).ConfigureAwait(false);
        try
        {
            // What another row has found out meanwhile is not asked again.
            if (identifying.Failure is { } failure && failure != before)
                throw failure;
            if (server.Profile is null || server.IsInDoubt)
                await _probe.IdentifyAsync(server, token).ConfigureAwait(false);
        }
        catch (TtsException e)
        {
            identifying.Failure = e;
            throw;
        }
        finally
        {
            identifying.Turn.Release();
        }
    }

    // Servers of other models that were never used are tried now.
    private async Task<TtsException> DownAsync(ServerPool pool, CancellationToken token)
    {
        bool isAll = true;
        foreach (ServerPool other in _pools.Values.Where(p => p != pool))
        {
            isAll = isAll && (other.IsUsed ? other.IsDown
                : !await AnswersAsync(other, token).ConfigureAwait(false));
        }

        IEnumerable<string> problems = pool.Servers.Select(server => server.Describe().Problem).OfType<string>();
        return Errors.ServersDown(pool.Servers[0].Model.Name, problems, isAll);
    }

    private async Task<bool> AnswersAsync(ServerPool pool, CancellationToken token)
    {
        foreach (SpeechServer server in pool.Servers)
        {
            try
            {
                await _probe.IdentifyAsync(server, token).ConfigureAwait(false);
                return true;
            }
            catch (TtsException)
            {
                // The next one may answer.
            }
        }

        return false;
    }

    private static string LeftOut(SpeechServer server, TtsException why, TimeSpan time) => FormattableString.Invariant(
        $"{why.Message} The server is left out, and tried again after {time.TotalSeconds:0.#} s; its rows go to other ")
        + $"servers of {server.Model.Name}, if there are any.";

    private sealed class Identification
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public TtsException? Failure { get; set; }
    }
}
