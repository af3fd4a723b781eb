using System.Collections;
using System.Globalization;
using System.Management.Automation;
using RunwareTts.Requests;

namespace RunwareTts.Completion;

/// <summary>What stands on the line so far, as a row has it. Arrays, objects and what is not yet known are not given.</summary>
public sealed class BoundLine(IDictionary? bound)
{
    public SpeechRow Row => new()
    {
        Model = this["Model"],
        Language = this["Language"],
        VoiceDescription = this["VoiceDescription"],
        OutputFormat = this["OutputFormat"],
        Bitrate = this["Bitrate"],
        SampleRate = this["SampleRate"],
        Channels = this["Channels"],
        OutputPath = this["OutputPath"],
    };

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
