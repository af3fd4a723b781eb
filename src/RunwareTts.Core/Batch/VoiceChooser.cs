using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Chooses the voice of a row for a service that refuses auto, and warns of it once.</summary>
/// <param name="refusal">What the connection knows of it; null for a connection of this batch alone.</param>
internal sealed class VoiceChooser(AutoRefusal? refusal)
{
    private readonly AutoRefusal _refusal = refusal ?? new AutoRefusal();
    private int _warned;

    /// <summary>The row as it is sent: with a voice in place of auto if that was refused before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sent">A task that an earlier run sent for it, whose voice it keeps; null for none.</param>
    public PlannedRow Apply(PlannedRow row, LedgerEvent? sent) =>
        sent is not null ? sent.Chosen is { } chosen ? With(row, chosen) : row
        : _refusal.Allowed is { } allowed && AutoVoice.IsAskedFor(row.Request!)
            && AutoVoice.Choose(row.Language, allowed) is { } voice ? With(row, voice)
        : row;

    /// <summary>
    /// The row with another voice, if the error refuses auto by name; else null. The refused request was never
    /// accepted, and its task keeps its id: should the service know that all the same, the second one is a conflict and
    /// no second charge.
    /// </summary>
    public PlannedRow? Replace(PlannedRow row, TtsException error)
    {
        // An error in doubt has the refusal in it.
        IReadOnlyList<string>? allowed = error.VoicesAllowed ?? (error.InnerException as TtsException)?.VoicesAllowed;
        if (allowed is null || !AutoVoice.IsAskedFor(row.Request!)
            || allowed.Contains(AutoVoice.Name, StringComparer.OrdinalIgnoreCase))
            return null;
        _refusal.Remember(allowed);
        return Apply(row, null) is { Chosen: not null } chosen ? chosen : null;
    }

    /// <summary>The price of a row by a dry run, and its voice.</summary>
    public async Task<(decimal? Price, PlannedRow Row)> PriceAsync(
        ISpeechProvider provider, PlannedRow row, CancellationToken token)
    {
        row = Apply(row, null);
        try
        {
            return (await provider.PriceAsync(row.Request!, token).ConfigureAwait(false), row);
        }
        catch (TtsException e) when (Replace(row, e) is not null)
        {
            row = Apply(row, null);
            return (await provider.PriceAsync(row.Request!, token).ConfigureAwait(false), row);
        }
    }

    /// <summary>The warning for the first row of the pipeline whose voice was chosen here.</summary>
    public IEnumerable<string> TakeWarning(string? chosen)
    {
        if (chosen is not null && !_refusal.IsByDesign && Interlocked.Exchange(ref _warned, 1) == 0)
            yield return $"The service refuses the voice auto, so this row uses the voice '{chosen}': "
                + "a row without a voice gets a preset voice that is native to its language, otherwise "
                + $"'{AutoVoice.Choose("English", [])}'. You were not charged for the refusal. To choose the voice "
                + "yourself, give -Voice; Get-TtsVoice lists the voices.";
    }

    private static PlannedRow With(PlannedRow row, string voice) =>
        row with { Request = row.Request! with { Voice = voice }, Chosen = voice };
}
