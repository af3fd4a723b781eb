using System.Globalization;
using RunwareTts.Requests;

namespace RunwareTts.Ledger;

/// <summary>Tasks of the recovery ledger that can still be waited for, the newest first.</summary>
public static class OpenTasks
{
    private const int MaxTasks = 20;

    public static IReadOnlyList<Suggestion> Suggest()
    {
        try
        {
            return
            [
                .. LedgerReader.Read(null)
                    .Where(entry => entry.Status is "Submitted" or "Processing")
                    .OrderByDescending(entry => entry.Submitted)
                    .Take(MaxTasks)
                    .Select(entry => new Suggestion(entry.TaskUUID.ToString(), Describe(entry))),
            ];
        }
        catch (Exception e) when (e is TtsException or IOException or UnauthorizedAccessException)
        {
            // Tab completion shows no error.
            return [];
        }
    }

    private static string Describe(TtsLedgerEntry entry) =>
        string.Format(CultureInfo.InvariantCulture, "{0}, sent {1:yyyy-MM-dd HH:mm}, {2}",
            VisibleText.Of(entry.Id ?? "A task without an Id"), entry.Submitted?.ToLocalTime(), entry.Status);
}
