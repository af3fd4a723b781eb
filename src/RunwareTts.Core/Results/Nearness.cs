namespace RunwareTts;

/// <summary>Finds the name that a misspelt one means.</summary>
internal static class Nearness
{
    private const int LettersPerSlip = 4;

    /// <summary>The name without case, blanks, underscores and other marks.</summary>
    public static string Key(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>The one of these names that is nearest; null when none is near.</summary>
    public static string? Find(string value, IEnumerable<string> names)
    {
        string key = Key(value);
        if (key.Length < 2)
            return null;
        return names
            .Select(name => (Name: name, Slips: Slips(key, Key(name))))
            .Where(near => near.Slips <= Math.Max(1, key.Length / LettersPerSlip))
            .OrderBy(near => near.Slips)
            .Select(near => near.Name)
            .FirstOrDefault()
            ?? names.FirstOrDefault(name => key.Length > 2 && Key(name).Contains(key));
    }

    /// <summary>The number of letters that are missing, added, replaced or swapped with the next.</summary>
    public static int Slips(string left, string right)
    {
        int[,] slips = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            slips[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            slips[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int other = slips[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(other, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }
        }

        return slips[left.Length, right.Length];
    }
}
