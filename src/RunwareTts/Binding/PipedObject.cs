using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// Looks at what was piped before PowerShell's coercions can turn it into a text: a hashtable would be spoken
/// as its type's name, a CSV row without a Text column as <c>@{a=1}</c>, a file as its path, and each be billed.
/// </summary>
internal static class PipedObject
{
    /// <summary>The text of a piped string; null for an object with properties.</summary>
    public static string? AsText(PSObject? input) => input?.BaseObject as string;

    /// <summary>Why this cannot be a row, or null.</summary>
    public static string? WhyNoRow(PSObject? input) => input?.BaseObject switch
    {
        null => "Nothing ($null) was piped; a row is a string or an object with a Text.",
        IDictionary => "A hashtable was piped; make it a row with [pscustomobject].",
        string => null,
        IEnumerable => "An array was handed over whole; pipe its elements one by one, without a comma before it and without -NoEnumerate.",
        FileSystemInfo file => $"A file or folder was piped ('{file.Name}'); its content is not read. Pipe Get-Content -Raw of it, or rows from Import-Csv.",
        Capture => "A match of a regular expression was piped; pipe its Value, or a row made from it.",
        _ when input.BaseObject.GetType().Name == "MatchInfo" => "A match of Select-String was piped; pipe its Line, or a row made from it.",
        ValueType value => $"A {value.GetType().Name} was piped; a row is a string or an object with a Text.",
        _ => null,
    };

    /// <summary>A property that a parameter takes, but whose value is a collection that PowerShell would join into a string.</summary>
    public static Problem? CollectionIn(PSObject input, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (PSPropertyInfo property in input.Properties)
        {
            if (!parameters.TryGetValue(property.Name, out string? parameter))
                continue;
            object? value = ValueOf(property);
            if (value is IDictionary || value is IEnumerable and not string)
                return new Problem(parameter, $"{property.Name} holds a {value.GetType().Name}, not one value. Make a row of each of its elements.");
        }

        return null;
    }

    public static string[] ColumnsOf(PSObject input) => [.. input.Properties.Select(p => p.Name)];

    /// <summary>The row to keep on a result: the object itself, or a copy when it carries a presigned URL.</summary>
    public static object? Keep(PSObject? input)
    {
        if (input?.Properties["UploadEndpoint"] is not { } property || ValueOf(property)?.ToString() is not { } url || Presigned.Mask(url) == url)
            return input;
        PSObject masked = new();
        foreach (PSPropertyInfo each in input.Properties)
            masked.Properties.Add(new PSNoteProperty(each.Name, each.Name == property.Name ? Presigned.Mask(url) : ValueOf(each)));
        return masked;
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        }
        catch (GetValueException)
        {
            // A property that cannot be read is bound by nobody.
            return null;
        }
    }
}
