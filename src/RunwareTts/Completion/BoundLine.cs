using System.Collections;
using System.Globalization;
using RunwareTts.Binding;
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
            return PropertyReader.Unwrap(bound?[parameter]) switch
            {
                string text => text,
                IConvertible number and not bool => number.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
        }
    }
}
