using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>
/// Lets a table, or an object as from JSON, become the tags of a row. PowerShell would refuse other values without
/// naming the row, so they are marked here and refused when the row is read. A blank cell is "not given".
/// </summary>
public sealed class TagTableAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = PropertyReader.Unwrap(inputData);
        return value switch
        {
            null or DBNull => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            IDictionary table => Plain(table),
            PSCustomObject => Plain(Table((PSObject)inputData!)),
            string text => new NoTable($"'{Words.Short(text)}'"),
            _ => new NoTable($"a {value.GetType().Name}"),
        };
    }

    /// <summary>Why these cannot be tags, or null.</summary>
    internal static Problem? Refusal(IDictionary? tags) =>
        tags is NoTable no ? new Problem("Tag", Errors.NoTagTable(no.What).Message) : null;

    /// <summary>The same without PowerShell's wrappers, which hide arrays.</summary>
    internal static IDictionary Plain(IDictionary tags)
    {
        OrderedDictionary plain = [];
        foreach (DictionaryEntry entry in tags)
            plain[entry.Key] = PropertyReader.Unwrap(entry.Value);
        return plain;
    }

    private static OrderedDictionary Table(PSObject row)
    {
        OrderedDictionary table = [];
        foreach (PSPropertyInfo property in row.Properties)
            table[property.Name] = property.Value;
        return table;
    }

    private sealed class NoTable(string what) : Hashtable
    {
        public string What => what;
    }
}
