using System.Collections;
using System.Globalization;
using System.Management.Automation;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

/// <summary>The values on the line so far. Arrays, objects and unknown values count as not given.</summary>
public sealed class BoundLine(IDictionary? bound)
{
    public SpeechRow Row => SpeechRow.Of(RowField.All.ToDictionary(f => f.Name, f => this[f.Name]));

    public string? this[string parameter]
    {
        get
        {
            object? value = bound?[parameter];
            return (value is PSObject wrapped ? wrapped.BaseObject : value) switch
            {
                string text => text,
                IConvertible number and not bool => number.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
        }
    }
}
