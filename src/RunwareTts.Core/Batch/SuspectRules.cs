using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// When audio of a doubtful length is to be generated again. The ledger counts how often it was, in all runs.
/// </summary>
internal sealed class SuspectRules(ISpeechProvider provider, BatchOptions options, TaskLedger ledger)
{
    /// <summary>The length of a file is doubtful, and something can be done about it.</summary>
    /// <param name="saved">The file, which one task has made.</param>
    /// <param name="request">What it was made for.</param>
    public bool IsDue(LedgerEvent saved, SpeechRequest request)
    {
        if (options.RetrySuspect == 0 || !IsSuspect(saved, request))
            return false;
        string hash = saved.Hash!;
        return IsLeft(ledger.CountGenerations(hash), request)
            || ledger.FindOpen(hash) is { } open && open.Endpoint == options.Endpoint
            // Another file of the same request has a better one.
            || ledger.FindRequest(hash) is { Audio: not null } last && last.Task != saved.Task
                && !IsSuspect(last, request);
    }

    public bool IsSuspect(LedgerEvent saved, SpeechRequest request) => DoubtOf(saved, request) is not null;

    /// <summary>There is a try left, and what cannot fit its tokens is not cut once more.</summary>
    public bool IsLeft(int generations, SpeechRequest request) =>
        generations <= options.RetrySuspect && SpeechLength.Foresee(request) is null;

    /// <summary>
    /// A joined file with a doubtful length can be better: a part is to be generated again, or was meanwhile.
    /// </summary>
    /// <param name="joined">The file.</param>
    /// <param name="parts">Its parts, and what is known of each.</param>
    public bool IsBetter(LedgerEvent joined, IReadOnlyList<(SpeechRequest Request, LedgerEvent? Known)> parts) =>
        joined.Suspect is not null
        && (parts.Any(p => p.Known is { IsDone: true } done && IsDue(done, p.Request))
            || parts.All(p => p.Known is { Audio: not null })
                && SpeechLength.Worst(parts.Select(p => DoubtOf(p.Known!, p.Request))) != joined.Suspect);

    private string? DoubtOf(LedgerEvent saved, SpeechRequest request) =>
        SpeechFactory.OfFile(request, saved, "", provider, null).Suspect;
}
