using System.Globalization;
using RunwareTts.Text;

namespace RunwareTts.Files;

/// <summary>Names that are legal on Windows, Linux and macOS alike, so that a batch gives the same files everywhere.</summary>
internal static class SafeName
{
    public const int MaxLength = 120;

    private const string Illegal = "<>:\"/\\|?*";

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "COM\u00B9", "COM\u00B2", "COM\u00B3", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>Why this one part of a path cannot be a file's or folder's name everywhere, or null.</summary>
    public static string? Fault(string part) =>
        IllegalIn(part) ? $"has a character that file names may not have on every system ({Illegal}), "
            + "or one that is not seen."
        : part.EndsWith('.') || part.EndsWith(' ') ? $"has a part '{part}' that ends in a dot or blank."
        : IsDevice(part) ? $"has the part '{part}', a reserved device name on Windows."
        : System.Text.Encoding.UTF8.GetByteCount(part) > 240 ? "has a part of more than 240 bytes."
        : null;

    /// <summary>The first character of a path that is not visible; null for none.</summary>
    public static string? UnseenIn(string path) =>
        Enumerable.Range(0, path.Length).Where(i => IsUnseen(path, i))
            .Select(i => VisibleText.Describe(path, i)).FirstOrDefault();

    /// <summary>This text made into a name: what is illegal becomes an underscore, what is too long is cut and marked by the hash.</summary>
    public static string Make(string text, string hash)
    {
        string name = new string([.. Visible(PlainText.Normalize(text)).Select(c => IsIllegal(c) || c is '{' or '}' ? '_' : c)])
            .Trim().TrimEnd('.', ' ');
        if (name.Length == 0 || name.All(c => c == '.'))
            name = "_";
        if (IsDevice(name))
            name = "_" + name;
        return System.Text.Encoding.UTF8.GetByteCount(name) <= MaxLength ? name : $"{Cut(name, MaxLength - 13)}-{hash.Substring(0, 12)}";
    }

    /// <summary>Windows takes it for a device, whatever its extension and wherever it stands.</summary>
    public static bool IsDevice(string part) => Reserved.Contains(part.Split('.')[0].TrimEnd());

    private static bool IllegalIn(string part) =>
        part.Any(IsIllegal) || Enumerable.Range(0, part.Length).Any(i => IsUnseen(part, i));

    // Marks of direction turn a name around, so that it ends in another extension to whoever reads it.
    private static string Visible(string text) => new([.. text.Select((c, i) => IsUnseen(text, i) ? '_' : c)]);

    private static bool IsUnseen(string text, int index) =>
        !char.IsSurrogate(text[index]) && VisibleText.IsHidden(text, index);

    private static bool IsIllegal(char c) => c < ' ' || c == '\u007F' || Illegal.Contains(c);

    private static string Cut(string name, int bytes)
    {
        System.Text.StringBuilder cut = new();
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(name);
        for (int used = 0; elements.MoveNext();)
        {
            string element = elements.GetTextElement();
            used += System.Text.Encoding.UTF8.GetByteCount(element);
            if (used > bytes)
                break;
            cut.Append(element);
        }

        return cut.ToString().TrimEnd('.', ' ');
    }
}
