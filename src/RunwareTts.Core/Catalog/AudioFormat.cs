namespace RunwareTts.Catalog;

/// <summary>An output format with its rows of the table; a lossless one takes no settings and has one row.</summary>
public sealed record AudioFormat(string Name, string Extension, IReadOnlyList<TtsFormat> Rows)
{
    public bool IsLossy => SampleRates.Any();

    public IEnumerable<int> SampleRates => Rows.Select(r => r.SampleRate).OfType<int>().Distinct();
}
