namespace RunwareTts;

/// <summary>Masks the query of a URL: a presigned URL is a key to its storage.</summary>
public static class Presigned
{
    /// <summary>Masks a value that is a URL; any other is returned as it is.</summary>
    internal static string MaskUrl(string value) =>
        value.TrimStart() is var url && (url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) ? Mask(value) : value;

    public static string Mask(string url)
    {
        int query = url.IndexOfAny(['?', '#']);
        string shown = query < 0 ? url : $"{url.Substring(0, query)}?****";
        int scheme = shown.IndexOf("://", StringComparison.Ordinal);
        int user = scheme < 0 ? -1 : shown.IndexOf('@', scheme);
        int path = scheme < 0 ? -1 : shown.IndexOf('/', scheme + 3);
        return user >= 0 && (path < 0 || user < path)
            ? $"{shown.Substring(0, scheme + 3)}****{shown.Substring(user)}" : shown;
    }
}
