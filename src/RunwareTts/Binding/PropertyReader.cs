using System.Globalization;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Reads properties of piped objects, live or from Import-Clixml or Import-Csv.</summary>
internal static class PropertyReader
{
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The value of a property; null where there is none, and where it cannot be read.</summary>
    public static object? Value(PSObject input, string name) => Value(input.Properties[name]);

    public static object? Value(PSPropertyInfo? property) => Unwrap(WrappedValue(property));

    /// <summary>The value as an object that keeps its own properties, such as a row of a CSV.</summary>
    public static PSObject? Row(PSObject input, string name) =>
        WrappedValue(input.Properties[name]) is { } row ? PSObject.AsPSObject(row) : null;

    /// <summary>Its text, with numbers in the invariant culture, unlike ToString; null for a blank.</summary>
    public static string? Text(PSObject input, string name) =>
        LanguagePrimitives.ConvertTo<string>(Value(input, name)) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text : null;

    /// <summary>
    /// Export-Csv writes a decimal comma in many cultures. Float allows no thousands, so a comma can be nothing else.
    /// </summary>
    public static decimal? Number(PSObject input, string name)
    {
        string? text = Text(input, name)?.Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number : null;
    }

    public static int? Whole(PSObject input, string name) =>
        int.TryParse(Text(input, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number : null;

    private static object? WrappedValue(PSPropertyInfo? property)
    {
        try
        {
            return property?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
