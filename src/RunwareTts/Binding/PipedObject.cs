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
    public static TtsException OnTheLine(string what) =>
        Errors.Invalid("InputObject", $"-InputObject was given on the line, where PowerShell binds none of its properties. Pipe it instead: ${what} | ...");

    /// <summary>The text of a piped string; null for an object with properties.</summary>
    public static string? AsText(PSObject? input) => input?.BaseObject as string;

    /// <summary>Why this cannot be a row, or null.</summary>
    public static string? WhyNoRow(PSObject? input) => input?.BaseObject switch
    {
        null => "Nothing ($null) was piped; a row is a string or an object with a Text.",
        IDictionary => "A hashtable was piped; make it a row with [pscustomobject].",
        string => null,
        System.Xml.XmlNode => "An XML element was piped; choose its columns: ... | Select-Object Text, Voice | ...",
        IEnumerable => "An array was handed over whole; pipe its elements one by one, without a comma before it and without -NoEnumerate.",
        FileSystemInfo file => $"A file or folder was piped ('{file.Name}'); its content is not read. Pipe Get-Content -Raw of it, the parts of Split-TtsText where it is long, or rows from Import-Csv.",
        Capture => "A match of a regular expression was piped; pipe its Value, or a row made from it.",
        _ when input.BaseObject.GetType().Name == "MatchInfo" => "A match of Select-String was piped; pipe its Line, or a row made from it.",
        ValueType value => $"A value of the type {value.GetType().Name} was piped; a row is a string or an object with a Text.",
        _ => null,
    };

    /// <summary>Why this is no text to be split. One column of a row would be, but its others would be lost.</summary>
    public static string WhyNoText(PSObject? input) => input?.BaseObject switch
    {
        null => "Nothing ($null) was piped; a text is a string.",
        IEnumerable and not IDictionary => "An array was handed over whole; pipe its elements one by one, each a text, or joined to one: $lines -join \"`n\" | ...",
        object other => $"What was piped is neither a string nor a file but a {other.GetType().Name}. Of an object pipe the one property: ... | ForEach-Object Text | ...",
    };

    public static string[] ColumnsOf(PSObject input) => [.. input.Properties.Select(p => p.Name)];

    /// <summary>Nothing stands in any of its several cells, as in a line of a CSV that has separators alone.</summary>
    public static bool IsBlank(PSObject input)
    {
        int cells = 0;
        foreach (PSPropertyInfo each in input.Properties)
        {
            if (ValueOf(each) is not (null or string) || !string.IsNullOrWhiteSpace(ValueOf(each) as string))
                return false;
            cells++;
        }

        return cells > 1;
    }

    /// <summary>The row to keep on a result: the object itself, or a copy when it carries one of these URLs and they are presigned.</summary>
    public static object? Keep(PSObject? input, params string?[] urls)
    {
        string[] secrets = [.. urls.OfType<string>().Select(u => u.Trim()).Where(u => Presigned.Mask(u) != u)];
        if (input is null || secrets.Length == 0 || input.BaseObject is string)
            return input;
        PSObject masked = new();
        foreach (PSPropertyInfo each in input.Properties)
        {
            object? value = ValueOf(each);
            masked.Properties.Add(new PSNoteProperty(each.Name, value is string or Uri && secrets.Contains(value.ToString()!.Trim()) ? Presigned.Mask(value.ToString()!.Trim()) : value));
        }

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
