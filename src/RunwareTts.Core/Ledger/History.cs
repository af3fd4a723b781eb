namespace RunwareTts.Ledger;

/// <summary>What earlier runs have left of a request.</summary>
internal abstract record History
{
    public static readonly History None = new Nothing();

    private History()
    {
    }

    /// <summary>The task whose results are there or can be had again; null for none.</summary>
    public LedgerEvent? DoneTask => this switch
    {
        Files files => files.Task,
        Done done => done.Task,
        _ => null,
    };

    /// <param name="ledger">What was sent, and what came of it.</param>
    /// <param name="identity">Names the request.</param>
    /// <param name="files">Its files, in their order; none where no file counts.</param>
    /// <param name="endpoint">Where it would be sent. A task that is open elsewhere cannot be asked for.</param>
    public static History Of(TaskLedger ledger, string identity, IEnumerable<string> files, string? endpoint)
    {
        string[] paths = [.. files];
        LedgerEvent[] saved = [.. paths.Select(ledger.Saved).OfType<LedgerEvent>()
            .Where((file, n) => file.Hash == identity && file.Index == n)];
        if (paths.Length > 0 && saved.Length == paths.Length)
            return new Files(saved);
        return ledger.FindRequest(identity) switch
        {
            { IsDone: true } done => new Done(done),
            { IsOpen: true } open when open.Endpoint == endpoint => new Open(open),
            _ => None,
        };
    }

    /// <summary>Nothing was sent, or nothing came of it.</summary>
    public sealed record Nothing : History;

    /// <summary>All its files are there, and are what was saved for an equal request, whatever their tags.</summary>
    /// <param name="Saved">One for each, in their order.</param>
    public sealed record Files(IReadOnlyList<LedgerEvent> Saved) : History
    {
        /// <summary>The task that made the first of them.</summary>
        public LedgerEvent Task => Saved[0].Results is not null ? Saved[0]
            : Saved[0] with { Results = [.. Saved.Select(_ => new LedgerResult(null, null, null))] };
    }

    /// <summary>Its task is done, and its files are not all there.</summary>
    public sealed record Done(LedgerEvent Task) : History;

    /// <summary>Its task was sent, and may be under way or done.</summary>
    public sealed record Open(LedgerEvent Task) : History;
}
