using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// Reads what a table parameter was given. PowerShell would refuse other values without naming the row, so they are
/// marked here and refused when the row is read. A blank cell is "not given".
/// </summary>
internal sealed class PlainTable
{
    // Core refuses less, so that a table which contains itself needs no attention here.
    private const int MaxDepth = 20;
    private const int MaxValues = 5000;

    private int _values;

    private PlainTable()
    {
    }

    /// <summary>A table, an object as from JSON, or a mark of another value; null for none.</summary>
    /// <param name="given">What the parameter got.</param>
    /// <param name="isNested">Its values may be tables, objects and lists too.</param>
    public static IDictionary? Read(object? given, bool isNested)
    {
        object? value = PropertyReader.Unwrap(given);
        return value switch
        {
            null or DBNull => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            IDictionary or PSCustomObject when isNested => (IDictionary)new PlainTable().Plain(given, 1)!,
            IDictionary table => Unwrap(table),
            PSCustomObject => Unwrap(TableOf((PSObject)given!)),
            string text when isNested && RequestOption.TableOf(text) is { } table => table,
            string text => new NoTable($"'{Words.Short(text)}'"),
            _ => new NoTable($"a {value.GetType().Name}"),
        };
    }

    /// <summary>What the other value is; null for a table.</summary>
    public static string? Other(IDictionary? table) => (table as NoTable)?.What;

    /// <summary>The same without PowerShell's wrappers, which hide arrays.</summary>
    public static OrderedDictionary Unwrap(IDictionary table)
    {
        OrderedDictionary plain = [];
        foreach (DictionaryEntry entry in table)
            plain[entry.Key] = PropertyReader.Unwrap(entry.Value);
        return plain;
    }

    private static OrderedDictionary TableOf(PSObject row)
    {
        OrderedDictionary table = [];
        foreach (PSPropertyInfo property in row.Properties)
            table[property.Name] = property.Value;
        return table;
    }

    private object? Plain(object? given, int depth)
    {
        object? value = PropertyReader.Unwrap(given);
        if (++_values > MaxValues || depth > MaxDepth)
            return value;
        return value switch
        {
            PSCustomObject => PlainTableOf(TableOf((PSObject)given!), depth),
            IDictionary table => PlainTableOf(table, depth),
            SwitchParameter flag => flag.IsPresent,
            IList list => list.Cast<object?>().Select(item => Plain(item, depth + 1)).ToArray(),
            _ => value,
        };
    }

    private OrderedDictionary PlainTableOf(IDictionary table, int depth)
    {
        OrderedDictionary plain = [];
        foreach (DictionaryEntry entry in table)
            plain[entry.Key] = Plain(entry.Value, depth + 1);
        return plain;
    }

    private sealed class NoTable(string what) : Hashtable
    {
        public string What => what;
    }
}
