namespace RunwareTts.Files;

/// <summary>Keeps an OutputPath that may come from a CSV inside its folder.</summary>
internal static class InsideDirectory
{
    public const string LedgerName = "tts-ledger.jsonl";

    /// <summary>The same path without parts that mean the folder itself.</summary>
    public static string Plain(string value) =>
        value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith(".\\", StringComparison.Ordinal)
            || value.Contains("/./") || value.Contains("\\.\\")
            ? string.Join("/", value.Split('/', '\\').Where(part => part != "."))
            : value;

    /// <exception cref="TtsException">OutputOutsideDirectory.</exception>
    public static string Resolve(string directory, string value)
    {
        string[] parts = value.Split('/', '\\');
        if (Fault(parts) is { } fault)
            throw Errors.OutputOutsideDirectory(value, fault);

        // A link inside the folder may lead anywhere; one that stays inside is allowed.
        string path = directory;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (RealPath.LeadsOut(path, directory))
                throw Errors.OutputOutsideDirectory(value,
                    $"goes through the link '{part}', which leads out of the folder.");
        }

        return path;
    }

    private static string? Fault(string[] parts) =>
        parts.Any(p => p is "" or "." or "..") ? "is absolute or has an empty part, '.' or '..' in it."
        : parts[0].StartsWith('~') ? "begins with ~."
        : parts.Any(p => p.Contains(':')) ? "names a drive, a provider or a stream."
        : parts.Select(SafeName.Fault).FirstOrDefault(f => f is not null) is { } fault ? fault
        : parts[parts.Length - 1].StartsWith(LedgerName, StringComparison.OrdinalIgnoreCase)
            ? "is the name of the ledger."
        : null;
}
