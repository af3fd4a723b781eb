namespace RunwareTts;

/// <summary>How values are written in a message.</summary>
internal static class Words
{
    private const int MaxLength = 40;

    /// <summary>1, 2 or 3.</summary>
    public static string Or<T>(IEnumerable<T> values)
    {
        string[] all = [.. values.Select(v => v!.ToString()!)];
        return all.Length < 2 ? string.Concat(all)
            : $"{string.Join(", ", all.Take(all.Length - 1))} or {all[all.Length - 1]}";
    }

    /// <summary>A question about a similar name, where there is one.</summary>
    public static string DidYouMean(string? near) => near is null ? "" : $" Did you mean '{near}'?";

    /// <summary>The beginning of a long value.</summary>
    public static string Short(string value)
    {
        if (value.Length <= MaxLength)
            return value;
        int length = char.IsHighSurrogate(value[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return value.Substring(0, length).TrimEnd() + "...";
    }
}
