using System.Globalization;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// The name of a row at the beginning of every message about it: its Id, else its task, else its number in the
/// pipeline. A single row on the command line needs no number, so its name is empty.
/// </summary>
internal static class RowName
{
    private const string Task = "Task ";

    /// <param name="id">The row's own name.</param>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="isAlone">It was given on the command line, not piped.</param>
    public static string Of(string? id, int index, bool isAlone = false) =>
        CellParser.Clean(id) is { } name ? VisibleText.Of(Words.Short(name)) : isAlone ? ""
            : $"Row {index.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="id">The row's own name.</param>
    /// <param name="task">The id of its task.</param>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="isAlone">It was given on the command line, not piped.</param>
    public static string Of(string? id, string? task, int index, bool isAlone) =>
        CellParser.Clean(id) is null && Guid.TryParse(task, out Guid known) ? Task + known : Of(id, index, isAlone);

    /// <summary>The message with the row's name in front.</summary>
    public static string Prefix(string row, string message) => BeginsWith(row, message) ? message : $"{row}: {message}";

    /// <summary>The message already begins with the row's name, or the name is empty.</summary>
    public static bool BeginsWith(string row, string message) =>
        row.Length == 0
        || message.StartsWith($"{row}: ", StringComparison.Ordinal)
        || row.StartsWith(Task, StringComparison.Ordinal) && message.StartsWith($"{row} ", StringComparison.Ordinal);
}
