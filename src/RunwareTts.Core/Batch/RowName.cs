using System.Globalization;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Batch;

/// <summary>How a row is called at the beginning of every message about it: by its Id, else by its task, else by its number in the pipeline.</summary>
internal static class RowName
{
    private const string Task = "Task ";

    /// <param name="id">The row's own name.</param>
    /// <param name="index">Its number, from 1.</param>
    public static string Of(string? id, int index) =>
        Cell.Clean(id) is { } name ? VisibleText.Of(Words.Short(name)) : $"Row {index.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="id">The row's own name.</param>
    /// <param name="task">The id of its task.</param>
    /// <param name="index">Its number, from 1.</param>
    public static string Of(string? id, string? task, int index) =>
        Cell.Clean(id) is null && Guid.TryParse(task, out Guid known) ? Task + known : Of(id, index);

    /// <summary>The message with the row before it.</summary>
    public static string Say(string row, string message) => BeginsWith(row, message) ? message : $"{row}: {message}";

    /// <summary>The message says already which row it is about.</summary>
    public static bool BeginsWith(string row, string message) =>
        message.StartsWith($"{row}: ", StringComparison.Ordinal)
        || row.StartsWith(Task, StringComparison.Ordinal) && message.StartsWith($"{row} ", StringComparison.Ordinal);
}
