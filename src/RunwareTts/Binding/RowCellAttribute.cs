using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// Lets only single values become the text of a row parameter. PowerShell would take anything: a hashtable by its
/// type's name, a CSV row as <c>@{a=1}</c>, an array joined by blanks. An error here could not name the row, so other
/// values are marked here and refused when the row is read.
/// </summary>
public sealed class RowCellAttribute : ArgumentTransformationAttribute
{
    // No cell may hold a NUL, so no cell can be mistaken for the mark.
    private const string Mark = "\0not one value: ";

    private static readonly Regex Comma = new("^([0-9]+),([0-9]+)$");

    private static readonly string[] Numbers = ["Speed", "MaxCost", "SampleRate"];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = PropertyReader.Unwrap(inputData);
        return value switch
        {
            null or string => value,
            // The NULL of a database.
            DBNull => null,
            decimal or Enum or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version =>
                LanguagePrimitives.ConvertTo<string>(value),
            _ when value.GetType().IsPrimitive => LanguagePrimitives.ConvertTo<string>(value),
            TtsVoice or TtsModel or TtsLanguage => value.ToString(),
            IList list => Mark + Describe(list),
            _ => $"{Mark}a {value.GetType().Name}",
        };
    }

    /// <summary>The two numbers that PowerShell makes of one with a decimal comma; null for any other list.</summary>
    internal static (int Before, int After)? CommaNumber(IList list) =>
        list.Count == 2
        && PropertyReader.Unwrap(list[0]) is int before and >= 0
        && PropertyReader.Unwrap(list[1]) is int after and >= 0
            ? (before, after) : null;

    private static string Describe(IList list) =>
        CommaNumber(list) is { } number ? FormattableString.Invariant($"{number.Before},{number.After}")
            : FormattableString.Invariant($"a list of {list.Count} values");

    /// <summary>The problem of a cell that was marked; null for any other.</summary>
    internal static Problem? Refusal(string parameter, string? cell) =>
        cell?.StartsWith(Mark, StringComparison.Ordinal) == true
            ? new Problem(parameter, Explain(parameter, cell.Substring(Mark.Length))) : null;

    private static string Explain(string parameter, string what)
    {
        if (Comma.Match(what) is { Success: true } number && Numbers.Contains(parameter))
        {
            (int before, int after) = (int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture),
                int.Parse(number.Groups[2].Value, CultureInfo.InvariantCulture));
            return $"{parameter} holds a list of {before} and {after}, which PowerShell makes of a "
                + $"number with a comma. {CellParser.HintForCommaNumber(parameter, before, after)}";
        }

        string held = Comma.IsMatch(what) ? "a list of 2 values" : what;
        return $"{parameter} holds {held}, not one value. "
            + (parameter == "Text" ? "Pipe rows instead of giving them to -Text; for a file, give Get-Content -Raw."
                : "Give a string or a number.");
    }
}
