namespace RunwareTts.Requests;

/// <summary>What no cell may hold: half characters, which would be sent as something else, and NUL.</summary>
internal static class CellRules
{
    public static void Check(SpeechRow row, Findings findings)
    {
        foreach ((string parameter, string? cell) in row.Cells)
        {
            if (cell is null)
                continue;
            if (LoneSurrogate(cell) is int position)
                findings.Refuse(parameter, $"{parameter} has half a character (a lone surrogate) at position {position + 1}; it cannot be sent as it stands. Read the file with its right encoding, such as Import-Csv -Encoding utf8.");
            else if (cell.IndexOf('\0') is >= 0 and int nul)
                findings.Refuse(parameter, $"{parameter} has a NUL character at position {nul + 1}. Read the file with its right encoding, such as Import-Csv -Encoding unicode.");
        }
    }

    private static int? LoneSurrogate(string cell)
    {
        for (int i = 0; i < cell.Length; i++)
        {
            if (!char.IsSurrogate(cell[i]))
                continue;
            if (i + 1 == cell.Length || !char.IsSurrogatePair(cell[i], cell[i + 1]))
                return i;
            i++;
        }

        return null;
    }
}
