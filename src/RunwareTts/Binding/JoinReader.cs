using System.Globalization;
using System.Management.Automation;
using RunwareTts.Joining;

namespace RunwareTts.Binding;

/// <summary>What a piped object says of the part that it stands for: a TtsSpeech, of now or of a CSV, a row with a Path, or a file.</summary>
internal static class JoinReader
{
    /// <param name="input">What was piped.</param>
    /// <param name="path">Its file, absolute.</param>
    public static JoinPart Read(PSObject input, string path)
    {
        // Of a result, the row that it was made of tells more.
        PSObject? row = Value(input, "InputObject") is { } given ? PSObject.AsPSObject(given) : null;
        string? Find(string name) => Text(input, name) ?? (row is null ? null : Text(row, name));
        return new JoinPart(path)
        {
            Text = Find("Text"),
            Title = Find("Title") ?? Path.GetFileNameWithoutExtension(Find("Source")) ?? Find("Id"),
            EndsParagraph = bool.TryParse(Find("EndsParagraph"), out bool ends) && ends,
            // Export-Csv writes a decimal comma in many cultures.
            Cost = decimal.TryParse(Text(input, "Cost")?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal cost) ? cost : null,
        };
    }

    private static object? Value(PSObject input, string name)
    {
        try
        {
            return input.Properties[name]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static string? Text(PSObject input, string name) =>
        Value(input, name) is { } value && LanguagePrimitives.ConvertTo<string>(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
