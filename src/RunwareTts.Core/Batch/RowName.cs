using System.Globalization;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// How a row is called at the beginning of every message about it: by its Id, else by its task, else by its number in
/// the pipeline. One that stands on the line, and is all there is, needs no number and has an empty name.
/// </summary>
internal static class RowName
{
    private const string Task = "Task ";

    /// <param name="id">The row's own name.</param>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="isAlone">It stands on the line.</param>
    public static string Of(string? id, int index, bool isAlone = false) =>
        CellParser.Clean(id) is { } name ? VisibleText.Of(Words.Short(name)) : isAlone ? ""
            : $"Row {index.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="id">The row's own name.</param>
    /// <param name="task">The id of its task.</param>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="isAlone">It stands on the line.</param>
    public static string Of(string? id, string? task, int index, bool isAlone) =>
        CellParser.Clean(id) is null && Guid.TryParse(task, out Guid known) ? Task + known : Of(id, index, isAlone);

    /// <summary>The message with the row before it.</summary>
    public static string Prefix(string row, string message) => BeginsWith(row, message) ? message : $"{row}: {message}";

    /// <summary>The message says already which row it is about, or there is none to tell it from.</summary>
    public static bool BeginsWith(string row, string message) =>
        row.Length == 0
        || message.StartsWith($"{row}: ", StringComparison.Ordinal)
        || row.StartsWith(Task, StringComparison.Ordinal) && message.StartsWith($"{row} ", StringComparison.Ordinal);
}
