namespace RunwareTts.Files;

/// <summary>Keeps an OutputPath that may come from a CSV inside its folder.</summary>
internal static class InsideDirectory
{
    public const string LedgerName = "tts-ledger.jsonl";

    /// <summary>The same path without parts that stand for the folder itself.</summary>
    public static string Plain(string value) =>
        value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith(".\\", StringComparison.Ordinal)
            || value.Contains("/./") || value.Contains("\\.\\")
            ? string.Join("/", value.Split('/', '\\').Where(part => part != "."))
            : value;

    /// <exception cref="TtsException">OutputOutsideDirectory.</exception>
    public static string Resolve(string directory, string value)
    {
        string[] parts = value.Split('/', '\\');
        if (parts.Any(p => p is "" or "." or ".."))
            throw Errors.OutputOutsideDirectory(value, "is absolute or has an empty part, '.' or '..' in it.");
        if (parts[0].StartsWith('~'))
            throw Errors.OutputOutsideDirectory(value, "begins with ~.");
        if (parts.Any(p => p.Contains(':')))
            throw Errors.OutputOutsideDirectory(value, "names a drive, a provider or a stream.");
        if (parts.Select(SafeName.Fault).FirstOrDefault(f => f is not null) is { } fault)
            throw Errors.OutputOutsideDirectory(value, fault);
        if (parts[parts.Length - 1].StartsWith(LedgerName, StringComparison.OrdinalIgnoreCase))
            throw Errors.OutputOutsideDirectory(value, "is the name of the ledger.");

        RefuseLinks(directory, parts, value);
        return Path.Combine([directory, .. parts]);
    }

    // A link inside the folder may lead anywhere; one that stays inside is welcome.
    private static void RefuseLinks(string directory, string[] parts, string value)
    {
        string path = directory;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (LeadsOut(path, directory))
                throw Errors.OutputOutsideDirectory(value, $"goes through the link '{part}', which leads out of the folder.");
        }
    }

    /// <summary>It is a link, and what it stands for is not in the folder.</summary>
    public static bool LeadsOut(string path, string directory)
    {
#if NET
        if (new FileInfo(path).LinkTarget is null)
            return false;
        return RealPath.Of(path) is not { } real || RealPath.Of(directory) is not { } folder
            || FullPath.Below(folder, real) is null;
#else
        // .NET Framework cannot say where a link leads.
        return ReparsePoint.IsLink(path);
#endif
    }
}
