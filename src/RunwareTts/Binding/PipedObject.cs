using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace RunwareTts.Binding;

/// <summary>
/// Checks what was piped before PowerShell's coercions can turn it into a text: the name of a hashtable's type, a CSV
/// row without a Text column as <c>@{a=1}</c>, or a file's path would be generated and charged.
/// </summary>
internal static class PipedObject
{
    public static TtsException OnTheLine(string what) =>
        Errors.Invalid("InputObject", "-InputObject was given on the command line, where PowerShell binds none of its "
            + $"properties. Pipe it instead: ${what} | ...");

    /// <summary>The text of a piped string; null for an object with properties.</summary>
    public static string? AsText(PSObject? input) => input?.BaseObject as string;

    /// <summary>Why this cannot be a row, or null.</summary>
    public static string? WhyNoRow(PSObject? input) => input?.BaseObject switch
    {
        null => "Nothing ($null) was piped; a row is a string or an object with a Text.",
        IDictionary => "A hashtable was piped; make it a row with [pscustomobject].",
        string => null,
        System.Xml.XmlNode => "An XML element was piped; choose its columns: ... | Select-Object Text, Voice | ...",
        IEnumerable => "An array was piped as one object; pipe its elements one by one, without a comma before it and "
            + "without -NoEnumerate.",
        FileSystemInfo file => $"A file or folder was piped ('{file.Name}'); its content is not read. Pipe Get-Content "
            + "-Raw of it, the parts of Split-TtsText if it is long, or rows from Import-Csv.",
        Capture => "A match of a regular expression was piped; pipe its Value, or a row made from it.",
        object other when other.GetType().Name == "MatchInfo" =>
            "A match of Select-String was piped; pipe its Line, or a row made from it.",
        ValueType value => $"A value of the type {value.GetType().Name} was piped; a row is a string or an object with "
            + "a Text.",
        _ => null,
    };

    /// <summary>Why this cannot be split. One column of a row could be, but its others would be lost.</summary>
    public static string WhyNoText(PSObject? input) => input?.BaseObject switch
    {
        null => "Nothing ($null) was piped; a text is a string.",
        IEnumerable and not IDictionary => "An array was piped as one object; pipe its elements one by one, each a "
            + "text, or joined to one: $lines -join \"`n\" | ...",
        object other => $"The piped object is neither a string nor a file but a {other.GetType().Name}. Pipe one "
            + "property of it: ... | ForEach-Object Text | ...",
    };

    public static string[] ColumnsOf(PSObject input) => [.. input.Properties.Select(p => p.Name)];

    /// <summary>All of its several cells are blank, as in a CSV line that has separators only.</summary>
    public static bool IsBlank(PSObject input)
    {
        object?[] cells = [.. input.Properties.Select(PropertyReader.Value)];
        return cells.Length > 1 && Array.TrueForAll(cells, cell =>
            cell is null || cell is string text && string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The row to keep on a result: the object, or a copy where a URL is presigned.</summary>
    /// <param name="input">The row.</param>
    /// <param name="option">Its Option, which may have such URLs too.</param>
    /// <param name="urls">Its URLs.</param>
    public static object? Keep(PSObject? input, IDictionary? option, params string?[] urls)
    {
        string[] secrets = [.. urls.OfType<string>().Select(u => u.Trim()).Where(u => Presigned.Mask(u) != u)];
        IDictionary? shown = MaskedOption.Of(option);
        if (input is null || secrets.Length == 0 && shown is null || input.BaseObject is string)
            return input;
        PSObject masked = new();
        foreach (PSPropertyInfo each in input.Properties)
        {
            object? value = shown is not null && each.Name.Equals("Option", StringComparison.OrdinalIgnoreCase) ? shown
                : PropertyReader.Value(each);
            bool isSecret = value is string or Uri && secrets.Contains(value.ToString()!.Trim());
            masked.Properties.Add(new PSNoteProperty(
                each.Name, isSecret ? Presigned.Mask(value!.ToString()!.Trim()) : value));
        }

        return masked;
    }
}
