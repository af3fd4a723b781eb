using System.Collections;
using System.Collections.Specialized;

namespace RunwareTts.Binding;

/// <summary>A copy of an -Option for a result's row, without the queries of presigned URLs.</summary>
internal sealed class MaskedOption
{
    // More than Core accepts. Of a table that contains itself the rest is left out.
    private const int MaxDepth = 20;
    private const int MaxValues = 5000;

    private int _values;
    private bool _hasSecret;

    private MaskedOption()
    {
    }

    /// <summary>Null where there is nothing to mask.</summary>
    public static IDictionary? Of(IDictionary? option)
    {
        MaskedOption copy = new();
        object? masked = copy.Mask(option, 1);
        return copy._hasSecret ? (IDictionary?)masked : null;
    }

    private object? Mask(object? value, int depth)
    {
        if (++_values > MaxValues || depth > MaxDepth)
            return null;
        return value switch
        {
            string or Uri => MaskUrl(value),
            IDictionary table => MaskTable(table, depth + 1),
            IList list => list.Cast<object?>().Select(item => Mask(item, depth + 1)).ToArray(),
            _ => value,
        };
    }

    private OrderedDictionary MaskTable(IDictionary table, int depth)
    {
        OrderedDictionary copy = [];
        foreach (DictionaryEntry entry in table)
            copy[entry.Key] = Mask(entry.Value, depth);
        return copy;
    }

    private object MaskUrl(object value)
    {
        string text = value.ToString()!;
        string masked = Presigned.MaskUrl(text);
        if (masked == text)
            return value;
        _hasSecret = true;
        return masked;
    }
}
