namespace RunwareTts.Requests;

/// <summary>
/// Looks at the names of a row's columns. PowerShell leaves out what it does not know without a word, so a column that
/// is nearly one of ours would be paid for without it; and a CSV that was read with the wrong delimiter has one column.
/// </summary>
internal sealed class ColumnRules
{
    private const int ShortName = 5;
    private const int LongName = 12;

    /// <summary>The other names that a column of this parameter may have.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Aliases = new Dictionary<string, string[]>
    {
        ["Text"] = ["Script", "Content"],
        ["Voice"] = ["Speaker", "VoiceId"],
        ["Style"] = ["Instruction", "Instructions"],
        ["VoiceDescription"] = ["VoicePrompt"],
        ["Language"] = ["Lang"],
        ["OutputFormat"] = ["Format"],
        ["OutputPath"] = ["OutFile", "FileName"],
        ["Id"] = ["Name"],
    };

    // Other columns are called like these in other spellings, and mean something else.
    private static readonly string[] Common = ["FileName", "Name", "Content", "Format", "Script", "Speaker",
        "Instruction", "Instructions", "Lang"];

    // A text that has another name is missed anyway, and for the short ones nearly all is near.
    private static readonly string[] Unmistakable = ["Text", "Id", "Ttl", "Tag"];

    // A letter away from the short ones, and words of their own.
    private static readonly string[] OtherWords =
        ["spend", "steed", "speedy", "modem", "modal", "stile", "voile", "voiced"];

    private static readonly (string Delimiter, string Word)[] Delimiters =
        [(";", "';'"), ("\t", "\"`t\""), ("|", "'|'"), (",", "','")];

    private static readonly string[] Parameters = [.. new SpeechRow().Cells.Select(c => c.Parameter).Append("Tag")];

    private static readonly Dictionary<string, string> Known = Names();

    private IReadOnlyList<string> _last = [];
    private Problem? _found;

    /// <summary>
    /// The first column that has to be renamed before the rows can be read; null for none. Rows that follow each other
    /// mostly have the same ones.
    /// </summary>
    public Problem? Check(IReadOnlyList<string> columns)
    {
        if (!columns.SequenceEqual(_last))
            (_last, _found) = (columns, Find(columns));
        return _found;
    }

    private static Problem? Find(IReadOnlyList<string> columns)
    {
        HashSet<string> bound = [.. columns.Where(Known.ContainsKey).Select(c => Known[c])];
        if (!bound.Contains("Text") && (Misread(columns) ?? WrongDelimiter(columns)) is { } whole)
            return whole;
        foreach (string column in columns.Where(c => !Known.ContainsKey(c) && c != nameof(TtsFormat.Bitrates)))
        {
            if (Near(column) is { } near && !bound.Contains(Known[near]))
                return new Problem(Known[near], $"The column '{column}' is not read, and is nearly '{near}'. "
                    + $"Rename it to '{near}', or leave it out: ... | Select-Object * -ExcludeProperty "
                    + $"'{column}' | ... No row with this column is sent.");
        }

        return null;
    }

    private static Problem? Misread(IReadOnlyList<string> columns) =>
        columns.Any(c => c.Contains('\0')) ? new Problem("Text", "The CSV was read with the wrong encoding: its columns have NUL characters in their names. Use Import-Csv -Encoding unicode.")
        : columns.FirstOrDefault(c => c.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && c.Length <= "sep=;".Length) is { } line
            ? new Problem("Text", $"The first line of the CSV is '{VisibleText.Of(line)}', which tells Excel the delimiter and is no header. Read the file without it: Get-Content file.csv | Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter ';' (or the delimiter that it names).")
        : null;

    private static Problem? WrongDelimiter(IReadOnlyList<string> columns)
    {
        foreach ((string delimiter, string word) in Delimiters)
        {
            string? column = columns.FirstOrDefault(c => c.Contains(delimiter)
                && (columns.Count == 1 || c.Split(delimiter[0]).Any(part => Known.ContainsKey(part.Trim(' ', '"')))));
            if (column is not null)
                return new Problem("Text", "The CSV was read with the wrong delimiter: "
                    + $"one column is called '{VisibleText.Of(Words.Short(column))}'. "
                    + $"Use Import-Csv -Delimiter {word}"
                    + (delimiter == ";"
                        ? ", or Import-Csv -UseCulture where that is the list separator of this system." : "."));
        }

        return null;
    }

    /// <summary>The name that this column nearly has; null for another column.</summary>
    private static string? Near(string column)
    {
        string visible = new string(
            [.. Enumerable.Range(0, column.Length).Where(i => !VisibleText.IsHidden(column, i)).Select(i => column[i])])
            .Trim();
        if (Known.ContainsKey(visible))
            return visible;
        string key = Nearness.Key(visible);
        return Known.Keys.Except(Common).FirstOrDefault(name => Nearness.Key(name) == key)
            ?? Parameters.Except(Unmistakable).FirstOrDefault(name => !OtherWords.Contains(key) && IsMisspelt(key, name));
    }

    // A letter less makes another word of a short name: mode, seed, vice.
    private static bool IsMisspelt(string key, string name) =>
        (name.Length > ShortName || key.Length >= name.Length)
        && Math.Abs(key.Length - name.Length) <= 2
        && Nearness.Slips(key, name.ToLowerInvariant()) <= (name.Length < LongName ? 1 : 2);

    private static Dictionary<string, string> Names()
    {
        Dictionary<string, string> names = Parameters.ToDictionary(p => p, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string[]> aliases in Aliases)
        {
            foreach (string alias in aliases.Value)
                names[alias] = aliases.Key;
        }

        return names;
    }
}
