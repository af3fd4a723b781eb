using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>When a file that is there is to be spoken again, because its length is doubtful.</summary>
internal static class RetakeRules
{
    /// <param name="saved">The file.</param>
    /// <param name="request">What it was made for.</param>
    /// <param name="provider">Who would speak it.</param>
    /// <param name="options">How often it may be, in this run and all before it.</param>
    public static bool IsDue(LedgerEvent saved, SpeechRequest request, ISpeechProvider provider, BatchOptions options) =>
        // Of a joined one each part says by itself whether it may be.
        options.RetrySuspect > 0 && SpeechWriter.Unchanged(request, saved, "", provider, null).Suspect is not null && (saved.Parts is not null || IsLeft(saved.Takes ?? 1, request, options));

    /// <summary>There is a try left, and what cannot fit its tokens is not cut once more.</summary>
    public static bool IsLeft(int takes, SpeechRequest request, BatchOptions options) =>
        takes <= options.RetrySuspect && SpeechLength.Foresee(request) is null;
}
