namespace RunwareTts.Ledger;

/// <summary>What earlier runs did for a request.</summary>
internal abstract record History
{
    public static readonly History None = new Nothing();

    private History()
    {
    }

    /// <summary>The task that made its results; null for none.</summary>
    public LedgerEvent? DoneTask => this switch
    {
        Files files => files.Task,
        Done done => done.Task,
        _ => null,
    };

    /// <param name="ledger">The ledger.</param>
    /// <param name="identity">The hash of the request.</param>
    /// <param name="files">Its files, in their order; none if files do not count.</param>
    /// <param name="endpoint">The endpoint of this run, which knows nothing of tasks that are open elsewhere.</param>
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

    /// <summary>No task was sent, or none succeeded.</summary>
    public sealed record Nothing : History;

    /// <summary>All its files exist as they were saved for an equal request, perhaps with other tags.</summary>
    /// <param name="Saved">The events of the files, in their order.</param>
    public sealed record Files(IReadOnlyList<LedgerEvent> Saved) : History
    {
        /// <summary>The task that made the first of them.</summary>
        public LedgerEvent Task => Saved[0].Results is not null ? Saved[0]
            : Saved[0] with { Results = [.. Saved.Select(_ => new LedgerResult(null, null, null))] };
    }

    /// <summary>Its task is done, and some of its files are missing.</summary>
    public sealed record Done(LedgerEvent Task) : History;

    /// <summary>Its task was sent, and may be running or done.</summary>
    public sealed record Open(LedgerEvent Task) : History;
}
