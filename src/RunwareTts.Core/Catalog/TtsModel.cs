using System.Diagnostics.CodeAnalysis;
using RunwareTts.Catalog;

namespace RunwareTts;

/// <summary>A hosted model.</summary>
public sealed class TtsModel
{
    /// <summary>The short name that -Model takes.</summary>
    public required string Name { get; init; }

    /// <summary>The full id as it is sent. Not named Id: that would be taken for a row's.</summary>
    public required string ModelId { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The voice that is sent when none is chosen.</summary>
    public required string DefaultVoice { get; init; }

    public required int MaxNumberResults { get; init; }

    /// <summary>USD, for each result.</summary>
    public required decimal PricePerThousandCharacters { get; init; }

    /// <summary>The day on which the price was read, as yyyy-MM-dd.</summary>
    public required string PriceDate { get; init; }

    /// <summary>Where the price was read.</summary>
    public required string PriceSource { get; init; }

    /// <summary>Characters of one text.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "PowerShell lists instance properties only.")]
    public int MaxTextLength => SpeechCatalog.Limits.MaxTextLength;

    /// <summary>The name again, so that it binds to -Model.</summary>
    public string Model => Name;

    public override string ToString() => Name;
}
