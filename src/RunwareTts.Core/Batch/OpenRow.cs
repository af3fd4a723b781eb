using System.Globalization;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>A task that is waited for.</summary>
/// <param name="Index">Counted from 1.</param>
/// <param name="Name">Messages about it begin with this.</param>
/// <param name="Given">The row as it was given.</param>
/// <param name="Planner">Names its files.</param>
/// <param name="Source">The row as it was given, for an error's target.</param>
internal sealed record OpenRow(int Index, string Name, TaskRow Given, OutputPlanner Planner, object? Source)
{
    public Guid Id { get; init; }

    /// <summary>How many results it will have; null where that is not known.</summary>
    public int? Expected { get; init; }

    public SpeechRequest Request { get; init; } = null!;

    public OutputTarget? Plan(SpeechRequest request) =>
        Planner.Plan(request, Index, Id.ToString("N", CultureInfo.InvariantCulture), Id.ToString());

    public string FormatOf(SpeechResult result) =>
        Given.HasFormat ? Request.OutputFormat : ResultFormat.Of(result) ?? Request.OutputFormat;
}
