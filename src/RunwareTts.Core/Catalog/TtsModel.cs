using RunwareTts.Catalog;

namespace RunwareTts;

/// <summary>A hosted model, as Get-TtsModel gives it.</summary>
public sealed class TtsModel
{
    private TtsModel(ModelEntry entry)
    {
        Name = entry.Name;
        ModelId = entry.Id;
        Title = entry.Title;
        Description = entry.Description;
        DefaultVoice = entry.Voice;
        MaxNumberResults = entry.MaxResults;
        MaxTextLength = SpeechCatalog.Limits.MaxTextLength;
        PricePerThousandCharacters = entry.PricePerThousandCharacters;
        PriceDate = entry.PriceDate;
        PriceSource = entry.PriceSource;
    }

    public static IReadOnlyList<TtsModel> All { get; } = [.. SpeechCatalog.Models.Select(entry => new TtsModel(entry))];

    /// <summary>The short name that -Model takes.</summary>
    public string Name { get; }

    /// <summary>The full id as it is sent. Not named Id: that would be taken for a row's.</summary>
    public string ModelId { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>The voice that is sent when none is chosen.</summary>
    public string DefaultVoice { get; }

    public int MaxNumberResults { get; }

    /// <summary>USD, for each result.</summary>
    public decimal PricePerThousandCharacters { get; }

    /// <summary>The day on which the price was read, as yyyy-MM-dd.</summary>
    public string PriceDate { get; }

    /// <summary>Where the price was read.</summary>
    public string PriceSource { get; }

    /// <summary>Characters of one text.</summary>
    public int MaxTextLength { get; }

    /// <summary>The name again, so that it binds to -Model.</summary>
    public string Model => Name;

    public override string ToString() => Name;
}
