using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>Events for ledgers that are written by hand.</summary>
internal static class Events
{
    public static LedgerEvent Submitted(string hash, Guid? task = null) => new()
    {
        Event = LedgerEventKind.Submitted,
        At = DateTimeOffset.UtcNow,
        Task = task ?? Guid.NewGuid(),
        Hash = hash,
    };
}
