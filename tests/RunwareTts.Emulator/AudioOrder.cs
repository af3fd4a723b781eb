namespace RunwareTts.Emulator;

/// <summary>A valid audioInference task.</summary>
internal sealed record AudioOrder(
    string TaskUuid,
    SpeakOrder Speech,
    string OutputType,
    bool Async,
    Uri? Webhook,
    Uri? Upload,
    bool IncludeCost,
    int NumberResults)
{
    /// <summary>Why the accepted task fails, free of charge; null when it does not.</summary>
    public ApiError? Doom { get; init; }

    public decimal CostPerResult => PageRules.Price(Speech.Text);

    public decimal Cost => CostPerResult * NumberResults;

    /// <summary>Results go to a listener or wait to be polled; the submit itself is only acknowledged.</summary>
    public bool AnsweredLater => Async || Webhook is not null;
}
