using System.Globalization;
using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Files;

/// <summary>
/// Names that are legal on Windows, Linux and macOS alike, so that a batch writes the same files everywhere.
/// </summary>
internal static class SafeName
{
    public const int MaxLength = 120;

    private const int MaxBytes = 240;
    private const string Illegal = "<>:\"/\\|?*";

    // Windows also takes a superscript 1, 2 or 3 for the digit.
    private static readonly HashSet<string> Devices = new(
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. "123456789\u00B9\u00B2\u00B3".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Why this one part of a path cannot be a file's or folder's name everywhere, or null.</summary>
    public static string? Fault(string part) =>
        part.Any(IsIllegal) || UnseenIn(part) is not null
            ? $"has a character that file names may not have on every system ({Illegal}), or one that is not visible."
        : part.EndsWith('.') || part.EndsWith(' ') ? $"has a part '{part}' that ends in a dot or blank."
        : IsDevice(part) ? $"has the part '{part}', a reserved device name on Windows."
        : Encoding.UTF8.GetByteCount(part) > MaxBytes ? $"has a part of more than {MaxBytes} bytes."
        : null;

    /// <summary>The first character of a path that is not visible; null for none.</summary>
    public static string? UnseenIn(string path) =>
        Enumerable.Range(0, path.Length).Where(i => IsUnseen(path, i))
            .Select(i => VisibleText.Describe(path, i)).FirstOrDefault();

    /// <summary>
    /// This text made into a name: what is illegal becomes an underscore, what is too long is cut and marked by the
    /// hash.
    /// </summary>
    public static string Make(string text, string hash)
    {
        string normal = PlainText.Normalize(text);
        // Marks of direction turn a name around, so that it seems to end in another extension.
        IEnumerable<char> legal = normal.Select((c, i) =>
            IsIllegal(c) || c is '{' or '}' || IsUnseen(normal, i) ? '_' : c);
        string name = string.Concat(legal).Trim().TrimEnd('.', ' ');
        if (name.Length == 0 || name.All(c => c == '.'))
            name = "_";
        if (IsDevice(name))
            name = "_" + name;
        return Encoding.UTF8.GetByteCount(name) <= MaxLength ? name
            : $"{Cut(name, MaxLength - 13)}-{hash.Substring(0, 12)}";
    }

    /// <summary>Windows takes it for a device, whatever its extension and folder.</summary>
    public static bool IsDevice(string part) => Devices.Contains(part.Split('.')[0].TrimEnd());

    private static bool IsUnseen(string text, int index) =>
        !char.IsSurrogate(text[index]) && VisibleText.IsHidden(text, index);

    private static bool IsIllegal(char c) => c < ' ' || c == '\u007F' || Illegal.Contains(c);

    private static string Cut(string name, int bytes)
    {
        StringBuilder cut = new();
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(name);
        for (int used = 0; elements.MoveNext();)
        {
            string element = elements.GetTextElement();
            used += Encoding.UTF8.GetByteCount(element);
            if (used > bytes)
                break;
            cut.Append(element);
        }

        return cut.ToString().TrimEnd('.', ' ');
    }
}
