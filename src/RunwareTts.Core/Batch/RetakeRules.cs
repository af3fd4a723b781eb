using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>When audio of a doubtful length is to be spoken again. The ledger counts how often it was, in all runs.</summary>
internal static class RetakeRules
{
    /// <summary>The length of a file is doubtful, and something can be done about it.</summary>
    /// <param name="saved">The file, which one task has made.</param>
    /// <param name="request">What it was made for.</param>
    /// <param name="provider">Who would speak it.</param>
    /// <param name="options">How often it may be.</param>
    /// <param name="ledger">What was spoken.</param>
    public static bool IsDue(LedgerEvent saved, SpeechRequest request, ISpeechProvider provider, BatchOptions options, TaskLedger ledger)
    {
        if (options.RetrySuspect == 0 || !IsSuspect(saved, request, provider))
            return false;
        string hash = saved.Hash!;
        return IsLeft(ledger.TakesOf(hash), request, options)
            || ledger.FindOpen(hash) is { } open && open.Endpoint == options.Endpoint
            // Another file of the same request has a better one.
            || ledger.FindRequest(hash) is { Audio: not null } last && last.Task != saved.Task && !IsSuspect(last, request, provider);
    }

    public static bool IsSuspect(LedgerEvent saved, SpeechRequest request, ISpeechProvider provider) =>
        SpeechWriter.Unchanged(request, saved, "", provider, null).Suspect is not null;

    /// <summary>There is a try left, and what cannot fit its tokens is not cut once more.</summary>
    public static bool IsLeft(int takes, SpeechRequest request, BatchOptions options) =>
        takes <= options.RetrySuspect && SpeechLength.Foresee(request) is null;
}
