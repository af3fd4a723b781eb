namespace RunwareTts;

/// <summary>How values stand in a message.</summary>
internal static class Words
{
    private const int Most = 40;

    /// <summary>1, 2 or 3.</summary>
    public static string Or<T>(IEnumerable<T> values)
    {
        string[] all = [.. values.Select(v => v!.ToString()!)];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} or {all[all.Length - 1]}";
    }

    /// <summary>A question about the name that was perhaps meant, if there is one.</summary>
    public static string DidYouMean(string? near) => near is null ? "" : $" Did you mean '{near}'?";

    /// <summary>Enough of a long value to know it by.</summary>
    public static string Short(string value)
    {
        if (value.Length <= Most)
            return value;
        int length = char.IsHighSurrogate(value[Most - 1]) ? Most - 1 : Most;
        return value.Substring(0, length).TrimEnd() + "...";
    }
}
