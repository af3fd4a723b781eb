namespace RunwareTts.Emulator;

/// <summary>Faults for the next requests of each place, one a request: first those asked for, in their order, then those by chance.</summary>
public sealed class FaultPlan
{
    private readonly Dictionary<FaultPlace, FaultLine> _lines = Enum.GetValues<FaultPlace>().ToDictionary(place => place, _ => new FaultLine());

    /// <summary>Faults that were asked for one by one and have not happened yet.</summary>
    public int Pending => _lines.Values.Sum(line => line.Pending);

    /// <summary>Faults that did happen.</summary>
    public int Happened => _lines.Values.Sum(line => line.Happened);

    public void OnSubmit(Fault fault, int times = 1) => On(FaultPlace.Submit, fault, times);

    public void OnPoll(Fault fault, int times = 1) => On(FaultPlace.Poll, fault, times);

    public void OnDetails(Fault fault, int times = 1) => On(FaultPlace.Details, fault, times);

    public void OnDownload(Fault fault, int times = 1) => On(FaultPlace.Download, fault, times);

    public void OnMedia(Fault fault, int times = 1) => On(FaultPlace.Media, fault, times);

    public void OnWebhook(Fault fault, int times = 1) => On(FaultPlace.Webhook, fault, times);

    public void On(FaultPlace place, Fault fault, int times = 1) => _lines[place].Add(Fitting(place, fault), times);

    /// <summary>
    /// From now on this share of a place's requests meets one of the kinds, by a chance that the seed and the order of
    /// the requests decide. Without kinds, <see cref="UsualFaults"/>. Takes the place of an earlier rate.
    /// </summary>
    public void AtRate(FaultPlace place, double rate, int seed, params Fault[] kinds)
    {
        if (rate is not (>= 0 and <= 1)) throw new ArgumentException(FormattableString.Invariant($"A rate is 0 to 1, not {rate}."), nameof(rate));
        _lines[place].AtRate(rate, seed, kinds is { Length: > 0 } ? [.. kinds.Select(kind => Fitting(place, kind))] : UsualFaults.Of(place));
    }

    /// <summary>The usual faults at every place.</summary>
    public void AtRate(double rate, int seed)
    {
        foreach (var place in _lines.Keys)
            AtRate(place, rate, seed + (int)place);
    }

    /// <summary>Forgets what has not happened yet, and all rates.</summary>
    public void Clear()
    {
        foreach (var line in _lines.Values)
            line.Clear();
    }

    internal Fault? Next(FaultPlace place) => _lines[place].Next();

    private static Fault Fitting(FaultPlace place, Fault fault) => (place, fault) switch
    {
        (FaultPlace.Download, Fault.Shaped) =>
            throw new ArgumentException("A download has no tasks to answer for in a shape.", nameof(fault)),
        (not FaultPlace.Download, Fault.CutDownload or Fault.NotFoundDownload or Fault.HtmlDownload or Fault.DisguisedDownload or Fault.ShortDownload or Fault.ResampledDownload or Fault.MistypedDownload or Fault.EncodedDownload or Fault.MisnamedCodingDownload) =>
            throw new ArgumentException($"{fault.GetType().Name} can only happen to a download.", nameof(fault)),
        _ when place == FaultPlace.Webhook != fault is Fault.DuplicateWebhook =>
            throw new ArgumentException($"{fault.GetType().Name} cannot happen to a {place}.", nameof(fault)),
        _ => fault,
    };
}
