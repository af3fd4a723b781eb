using System.Text.RegularExpressions;

namespace RunwareTts.Files;

/// <summary>
/// The order of names that this module numbers. Part and {Index} numbers have four digits up to 9999 and more after
/// that; results of one row have any number at the end. These go by value, all else by letter: book-2-0001 is part 1 of
/// another book.
/// </summary>
public sealed class NumberedNames : IComparer<string>
{
    private const int Width = 20;

    public static readonly NumberedNames Order = new();

    private static readonly Regex Number = new("[0-9]{4,}|[0-9]+$");

    private NumberedNames()
    {
    }

    public int Compare(string? x, string? y)
    {
        int order = StringComparer.OrdinalIgnoreCase.Compare(KeyOf(x), KeyOf(y));
        return order != 0 ? order : StringComparer.Ordinal.Compare(x, y);
    }

    private static string KeyOf(string? path)
    {
        string extension = Path.GetExtension(path) ?? "";
        string name = path is null ? "" : path.Substring(0, path.Length - extension.Length);
        return Number.Replace(name, number => number.Value.PadLeft(Width, '0')) + extension;
    }
}
