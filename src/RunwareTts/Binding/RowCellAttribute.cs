using System.Management.Automation;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// Lets only single values become the text of a row parameter. PowerShell would take anything: a hashtable by its
/// type's name, a CSV row as <c>@{a=1}</c>, an array joined by blanks. An error here would name no row, so
/// what is refused is marked and refused when the row is read.
/// </summary>
public sealed class RowCellAttribute : ArgumentTransformationAttribute
{
    // No cell may hold a NUL, so no cell can be mistaken for the mark.
    private const string Mark = "\0not one value: ";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or string => value,
            // What a database has where nothing was given.
            DBNull => null,
            decimal or Enum or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version => LanguagePrimitives.ConvertTo<string>(value),
            _ when value.GetType().IsPrimitive => LanguagePrimitives.ConvertTo<string>(value),
            TtsVoice or TtsModel or TtsLanguage => value.ToString(),
            _ => Mark + value.GetType().Name,
        };
    }

    /// <summary>Why this cell cannot be, or null.</summary>
    internal static Problem? Refusal(string parameter, string? cell) => cell?.StartsWith(Mark, StringComparison.Ordinal) == true
        ? new Problem(parameter, $"{parameter} holds a {cell.Substring(Mark.Length)}, not one value. {(parameter == "Text" ? "Pipe rows instead of giving them to -Text; of a file, give Get-Content -Raw." : "Give a string or a number.")}")
        : null;
}
