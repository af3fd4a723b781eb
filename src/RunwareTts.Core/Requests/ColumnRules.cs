namespace RunwareTts.Requests;

/// <summary>
/// Checks the names of a row's columns. PowerShell ignores unknown columns silently, so a row with a misspelt one would
/// be charged without its value; and a CSV that was read with the wrong delimiter has one column.
/// </summary>
internal sealed class ColumnRules
{
    private const int ShortName = 5;
    private const int LongName = 12;

    // Parameters that are tables, which no cell can hold.
    private static readonly string[] Tables = ["Tag", "Option"];

    // Any other alias has other spellings that mean something else, such as File Name.
    private static readonly string[] DistinctAliases = ["VoiceId", "VoicePrompt", "OutFile"];

    private static readonly string[] DistinctNames =
        [.. RowField.All.Where(f => f.HasDistinctName).Select(f => f.Name)];

    // One letter away from short names, and words of their own.
    private static readonly string[] OtherWords =
        ["spend", "steed", "speedy", "modem", "modal", "stile", "voile", "voiced"];

    private static readonly (string Delimiter, string Word)[] Delimiters =
        [(";", "';'"), ("\t", "\"`t\""), ("|", "'|'"), (",", "','")];

    // By each name of a column, the field.
    private static readonly Dictionary<string, string> Known = RowField.All
        .SelectMany(f => f.Aliases.Prepend(f.Name), (f, name) => (Name: name, Field: f.Name))
        .Concat(Tables.Select(name => (Name: name, Field: name)))
        .ToDictionary(n => n.Name, n => n.Field, StringComparer.OrdinalIgnoreCase);

    private IReadOnlyList<string> _last = [];
    private Problem? _found;

    /// <summary>
    /// The first column that has to be renamed before the rows can be read; null for none. Successive rows mostly have
    /// the same ones.
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
        if (!bound.Contains("Text") && (Misread(columns) ?? WrongDelimiter(columns)) is { } why)
            return new Problem("Text", why);
        foreach (string column in columns.Where(c => !Known.ContainsKey(c) && c != nameof(TtsFormat.Bitrates)))
        {
            if (FindNear(column) is { } near && !bound.Contains(Known[near]))
                return new Problem(Known[near], $"The column '{column}' is not read, and is nearly '{near}'. "
                    + $"Rename it to '{near}', or leave it out: ... | Select-Object * -ExcludeProperty "
                    + $"'{column}' | ... No row with this column is sent.");
        }

        return null;
    }

    private static string? Misread(IReadOnlyList<string> columns)
    {
        if (columns.Any(c => c.Contains('\0')))
            return "The CSV was read with the wrong encoding: its columns have NUL characters in their names. "
                + "Use Import-Csv -Encoding unicode.";
        return columns.FirstOrDefault(IsDelimiterLine) is { } line
            ? $"The first line of the CSV is '{VisibleText.Of(line)}', which tells Excel the delimiter and is not a "
                + "header. Read the file without it: Get-Content file.csv | Select-Object -Skip 1 "
                + "| ConvertFrom-Csv -Delimiter ';' (or the delimiter that it names)."
            : null;
    }

    private static bool IsDelimiterLine(string column) =>
        column.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && column.Length <= "sep=;".Length;

    private static string? WrongDelimiter(IReadOnlyList<string> columns)
    {
        foreach ((string delimiter, string word) in Delimiters)
        {
            string? column = columns.FirstOrDefault(c => c.Contains(delimiter)
                && (columns.Count == 1 || c.Split(delimiter[0]).Any(part => Known.ContainsKey(part.Trim(' ', '"')))));
            if (column is null)
                continue;
            string culture = delimiter == ";"
                ? ", or Import-Csv -UseCulture where that is the list separator of this system" : "";
            return "The CSV was read with the wrong delimiter: one column is called "
                + $"'{VisibleText.Of(Words.Short(column))}'. Use Import-Csv -Delimiter {word}{culture}.";
        }

        return null;
    }

    /// <summary>The name that this column nearly has; null for another column.</summary>
    private static string? FindNear(string column)
    {
        string visible = string.Concat(column.Where((_, i) => !VisibleText.IsHidden(column, i))).Trim();
        if (Known.ContainsKey(visible))
            return visible;
        string key = Nearness.Key(visible);
        return RowField.All.Select(f => f.Name).Concat(Tables).Concat(DistinctAliases)
                .FirstOrDefault(name => Nearness.Key(name) == key)
            ?? DistinctNames.FirstOrDefault(name => !OtherWords.Contains(key) && IsMisspelt(key, name));
    }

    // A letter less makes another word of a short name: mode, seed, vice.
    private static bool IsMisspelt(string key, string name) =>
        (name.Length > ShortName || key.Length >= name.Length)
        && Math.Abs(key.Length - name.Length) <= 2
        && Nearness.Slips(key, name.ToLowerInvariant()) <= (name.Length < LongName ? 1 : 2);
}
