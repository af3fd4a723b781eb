using RunwareTts.Catalog;

namespace RunwareTts;

internal static partial class Errors
{
    /// <summary>For a known format without a row of this sample rate or these channels.</summary>
    public static TtsException FormatRowNotFound(AudioFormat format, string? sampleRate) =>
        new("FormatNotFound", TtsErrorKind.ObjectNotFound, format.IsLossy
            ? $"{format.Name} has no SampleRate {sampleRate}. Allowed: {string.Join(", ", format.SampleRates)}; "
                + $"Get-TtsFormat {format.Name} lists all."
            : $"{format.Name} is lossless and takes neither SampleRate nor Channels. "
                + $"Get-TtsFormat {format.Name} shows its row.");

    public static TtsException NoOptionTable(string what) =>
        Invalid("Option", $"Option holds {what}, and options are a table: -Option @{{ 'settings.temperature' = 0.8 }}. "
            + "The cell of a CSV holds one as a JSON object, such as {\"settings.temperature\":0.8}. Write that, give "
            + "-Option on the line, such as -Option { @{ 'settings.temperature' = [double]$_.Temperature } } to make "
            + "one of each row, or leave the column out: "
            + "... | Select-Object * -ExcludeProperty Option | ...");

    public static TtsException NoTagTable(string what) =>
        Invalid("Tag", $"Tag holds {what}, and tags are a table: -Tag @{{ title = 'Night' }}. The cell of a CSV cannot "
            + "hold one: give -Tag on the line, such as -Tag { @{ title = $_.Chapter } } to make one of each row, or "
            + "leave the column out: ... | Select-Object * -ExcludeProperty Tag | ...");
}
