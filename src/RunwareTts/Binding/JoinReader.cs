using System.Management.Automation;
using RunwareTts.Joining;

namespace RunwareTts.Binding;

/// <summary>Reads a part to join from a TtsSpeech, live or from a CSV, a row with a Path, or a file.</summary>
internal static class JoinReader
{
    /// <param name="input">What was piped.</param>
    /// <param name="path">Its file, absolute.</param>
    public static JoinPart Read(PSObject input, string path)
    {
        // The row that a result was made from has more columns.
        PSObject? row = PropertyReader.Row(input, "InputObject");
        string? Find(string name) =>
            PropertyReader.Text(input, name) ?? (row is null ? null : PropertyReader.Text(row, name));
        return new JoinPart(path)
        {
            Text = Find("Text"),
            Title = Find("Title") ?? Path.GetFileNameWithoutExtension(Find("Source")) ?? Find("Id"),
            EndsParagraph = bool.TryParse(Find("EndsParagraph"), out bool ends) && ends,
            Cost = PropertyReader.Number(input, "Cost"),
        };
    }
}
