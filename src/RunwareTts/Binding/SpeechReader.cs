using System.Collections;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Makes a TtsSpeech from what Import-Clixml or Import-Csv read, or from an entry of a ledger.</summary>
internal static class SpeechReader
{
    /// <exception cref="TtsException">InvalidRequest.AudioData.</exception>
    public static TtsSpeech Read(PSObject input) => input.BaseObject switch
    {
        TtsSpeech speech => speech,
        string url => new TtsSpeech { AudioUrl = url },
        _ => FromProperties(input),
    };

    private static TtsSpeech FromProperties(PSObject input) => new()
    {
        Id = Text(input, "Id"),
        Text = Text(input, "Text"),
        Model = Text(input, "Model"),
        Voice = Text(input, "Voice"),
        Style = Text(input, "Style"),
        VoiceDescription = Text(input, "VoiceDescription"),
        ReferenceAudio = Text(input, "ReferenceAudio"),
        Transcript = Text(input, "Transcript"),
        Language = Text(input, "Language"),
        Speed = Text(input, "Speed"),
        OutputFormat = Text(input, "OutputFormat"),
        Bitrate = Whole(input, "Bitrate"),
        SampleRate = Whole(input, "SampleRate"),
        Channels = Whole(input, "Channels"),
        MaxNewTokens = Whole(input, "MaxNewTokens"),
        Option = Option(input),
        Path = Text(input, "Path"),
        AudioUrl = Text(input, "AudioUrl"),
        AudioData = Bytes(input),
        Cost = PropertyReader.Number(input, "Cost"),
        TaskUUID = Guid.TryParse(Text(input, "TaskUUID"), out Guid id) ? id : null,
        AudioUUID = Text(input, "AudioUUID"),
        Parts = Whole(input, "Parts"),
        Suspect = Text(input, "Suspect"),
        Provider = Text(input, "Provider"),
        Status = Text(input, "Status"),
    };

    private static string? Text(PSObject input, string name) => PropertyReader.Text(input, name);

    private static int? Whole(PSObject input, string name) => PropertyReader.Whole(input, name);

    // A text that is no table stays: a row would be refused for it, and without it ask for something else.
    private static object? Option(PSObject input)
    {
        object? given = PropertyReader.Value(input, "Option");
        IDictionary? table = PlainTable.Read(given, isNested: true);
        return PlainTable.Other(table) is null ? table : given?.ToString();
    }

    /// <summary>Bytes, base64 or a data URI as in the service's JSON; Export-Csv keeps none of them.</summary>
    private static byte[]? Bytes(PSObject input)
    {
        object? value = PropertyReader.Value(input, "AudioData");
        if (value is not string text)
            return value as byte[];
        if (string.IsNullOrWhiteSpace(text) || text == "System.Byte[]")
            return null;
        try
        {
            bool isUri = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
            return Convert.FromBase64String(isUri ? text.Substring(text.IndexOf(',') + 1) : text);
        }
        catch (FormatException)
        {
            throw Errors.Invalid("AudioData", "AudioData is neither bytes nor base64 nor a data URI.");
        }
    }
}
