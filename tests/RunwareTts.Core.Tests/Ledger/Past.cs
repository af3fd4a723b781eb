using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Ledger;

/// <summary>What an earlier run has left in a folder, written by hand.</summary>
internal static class Past
{
    public static SpeechRequest Request(SpeechRow row) => RowReader.Read(row).Request!;

    public static string Hash(SpeechRow row) => RequestHash.Compute("Runware", Request(row));

    public static LedgerEvent Submitted(SpeechRow row, Guid task) => Submitted(Hash(row), task) with
    {
        Provider = "Runware",
        Id = row.Id,
        NumberResults = Request(row).NumberResults,
        Path = $"{row.Id}.mp3",
    };

    public static LedgerEvent Submitted(string hash, Guid? task = null) => new()
    {
        Event = LedgerEventKind.Submitted,
        At = DateTimeOffset.UtcNow,
        Task = task ?? Guid.NewGuid(),
        Hash = hash,
    };

    public static void Write(string folder, params LedgerEvent[] events)
    {
        using FileStream file = new(LedgerLocation.FileIn(folder), FileMode.Append);
        foreach (LedgerEvent happened in events)
            file.Write(happened.ToLine());
    }

    /// <summary>Leaves only some events of a ledger, as if the run had ended there.</summary>
    public static void Cut(string folder, Func<LedgerEvent, bool> keep)
    {
        LedgerEvent[] events = Read(folder);
        File.Delete(LedgerLocation.FileIn(folder));
        Write(folder, [.. events.Where(keep)]);
    }

    public static LedgerEvent[] Read(string folder) =>
        [.. File.ReadAllLines(LedgerLocation.FileIn(folder)).Select(line => LedgerEvent.Parse(System.Text.Encoding.UTF8.GetBytes(line))!)];
}
