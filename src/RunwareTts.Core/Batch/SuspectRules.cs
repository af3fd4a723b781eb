using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Decides whether audio of a doubtful length is generated again. Tasks of all runs count, by the ledger.
/// </summary>
internal sealed class SuspectRules(ISpeechProvider provider, BatchOptions options, TaskLedger ledger)
{
    /// <summary>The length of a file is doubtful, and better audio may be had.</summary>
    /// <param name="saved">The file, from one task.</param>
    /// <param name="request">Its request.</param>
    public bool IsDue(LedgerEvent saved, SpeechRequest request)
    {
        if (options.RetrySuspect == 0 || !IsSuspect(saved, request))
            return false;
        string hash = saved.Hash!;
        return IsLeft(ledger.CountGenerations(hash), request)
            || ledger.FindOpen(hash) is { } open && open.Endpoint == options.Endpoint
            // A later task of an equal row has made better audio already.
            || ledger.FindRequest(hash) is { Audio: not null } last && last.Task != saved.Task
                && !IsSuspect(last, request);
    }

    public bool IsSuspect(LedgerEvent saved, SpeechRequest request) => SpeechLength.IsRetried(DoubtOf(saved, request));

    /// <summary>A try is left, and the text fits MaxNewTokens, so a new task can do better.</summary>
    public bool IsLeft(int generations, SpeechRequest request) =>
        generations <= options.RetrySuspect && SpeechLength.Foresee(request) is null;

    /// <summary>
    /// A joined file of doubtful length can be improved: a part is due to be generated again, or already was.
    /// </summary>
    /// <param name="joined">The file.</param>
    /// <param name="parts">Its parts with their events in the ledger.</param>
    public bool IsBetter(LedgerEvent joined, IReadOnlyList<(SpeechRequest Request, LedgerEvent? Known)> parts) =>
        SpeechLength.IsRetried(joined.Suspect)
        && (parts.Any(p => p.Known is { IsDone: true } done && IsDue(done, p.Request))
            || parts.All(p => p.Known is { Audio: not null })
                && SpeechLength.Worst(parts.Select(p => DoubtOf(p.Known!, p.Request))) != joined.Suspect);

    private string? DoubtOf(LedgerEvent saved, SpeechRequest request) =>
        SpeechFactory.OfFile(request, saved, "", provider, null).Suspect;
}
