using System.Globalization;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Makes a TtsSpeech again of what Import-Clixml or Import-Csv left of one, or of what Get-TtsLedger tells.</summary>
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
        Language = Text(input, "Language"),
        Speed = Text(input, "Speed"),
        OutputFormat = Text(input, "OutputFormat"),
        Bitrate = Whole(input, "Bitrate"),
        SampleRate = Whole(input, "SampleRate"),
        Channels = Whole(input, "Channels"),
        MaxNewTokens = Whole(input, "MaxNewTokens"),
        Path = Text(input, "Path"),
        AudioUrl = Text(input, "AudioUrl"),
        AudioData = Bytes(input),
        Cost = Number(input, "Cost"),
        TaskUUID = Guid.TryParse(Text(input, "TaskUUID"), out Guid id) ? id : null,
        AudioUUID = Text(input, "AudioUUID"),
        Parts = Whole(input, "Parts"),
        Suspect = Text(input, "Suspect"),
        Provider = Text(input, "Provider"),
        Status = Text(input, "Status"),
    };

    private static object? Value(PSObject input, string name) =>
        input.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : input.Properties[name]?.Value;

    // LanguagePrimitives writes numbers with the invariant culture; ToString would not.
    private static string? Text(PSObject input, string name) =>
        Value(input, name) is { } value && LanguagePrimitives.ConvertTo<string>(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    // Export-Csv writes a decimal comma in many cultures. Float allows no thousands, so a comma can be nothing else.
    private static decimal? Number(PSObject input, string name) =>
        decimal.TryParse(Text(input, name)?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static int? Whole(PSObject input, string name) =>
        int.TryParse(Text(input, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Bytes, or base64 or a data URI as the service's JSON has them. What Export-Csv makes of bytes is nothing.</summary>
    private static byte[]? Bytes(PSObject input)
    {
        if (Value(input, "AudioData") is not string text)
            return Value(input, "AudioData") as byte[];
        if (string.IsNullOrWhiteSpace(text) || text == "System.Byte[]")
            return null;
        try
        {
            return Convert.FromBase64String(text.Substring(text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? text.IndexOf(',') + 1 : 0));
        }
        catch (FormatException)
        {
            throw Errors.Invalid("AudioData", "AudioData is neither bytes nor base64 nor a data URI.");
        }
    }
}
