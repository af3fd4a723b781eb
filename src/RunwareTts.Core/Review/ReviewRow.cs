using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace RunwareTts.Review;

/// <summary>A clip as the page has it.</summary>
internal sealed record ReviewRow
{
    /// <summary>
    /// Identifies the clip by its name, text and content: a mark is kept as long as these are the same.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What makes the row again, in the order of <see cref="RowCells.Columns"/>.</summary>
    public required IReadOnlyList<string?> Cells { get; init; }

    /// <summary>The clip's address, relative to the page; null for one that cannot be played from there.</summary>
    public string? Address { get; init; }

    /// <summary>The MIME type of a clip that is part of the page.</summary>
    public string? Embedded { get; init; }

    public double? Seconds { get; init; }
    public decimal? Cost { get; init; }

    /// <summary>It was made by the draft voices.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Its text was split, and the parts joined.</summary>
    public bool IsSplit { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];
    public string? Peaks { get; init; }
}

/// <summary>What the page says about all of its clips.</summary>
internal sealed record ReviewHead(
    string Title, string Folder, DateTimeOffset Made, IReadOnlyList<string> Columns,
    IReadOnlyDictionary<string, string> Voices);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewRow))]
[JsonSerializable(typeof(ReviewHead))]
internal sealed partial class ReviewJson : JsonSerializerContext
{
    // Letters of all languages stay as they are; what could end a script element, and U+2028, is escaped.
    public static readonly ReviewJson Page = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
