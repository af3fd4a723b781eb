namespace RunwareTts.Emulator;

/// <summary>What goes wrong in a bad night. All of it passes: the same request, made again, may go well.</summary>
internal static class UsualFaults
{
    private static readonly Fault[] Answers =
    [
        new Fault.Status(429),
        new Fault.Status(429, RetryAfter: "0"),
        new Fault.Status(429, RetryAfter: "1"),
        new Fault.Status(429) { RetryAt = TimeSpan.FromSeconds(1) },
        new Fault.Status(500),
        new Fault.Status(503),
        new Fault.Status(408),
        new Fault.ErrorBody("""{"data":[{"taskType":"""),
        new Fault.ResetBeforeAccept(),
        new Fault.ResetAfterAccept(),
        new Fault.CutAnswer(),
        new Fault.Shaped("half"),
        new Fault.Slow(TimeSpan.FromSeconds(0.2)),
    ];

    private static readonly Fault[] Downloads =
    [
        new Fault.CutDownload(),
        new Fault.NotFoundDownload(),
        new Fault.HtmlDownload(),
        new Fault.Status(500),
        new Fault.ResetBeforeAccept(),
    ];

    private static readonly Fault[] Webhooks = [new Fault.DuplicateWebhook()];

    public static Fault[] Of(FaultPlace place) => place switch
    {
        FaultPlace.Download => Downloads,
        FaultPlace.Webhook => Webhooks,
        _ => Answers,
    };
}
