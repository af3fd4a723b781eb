using System.Globalization;
using System.Text.RegularExpressions;

namespace RunwareTts.Files;

/// <summary>
/// The names that this module numbers, and their order. Part and {Index} numbers have four digits up to 9999 and more
/// after that; results of one row have any number at the end. These go by value, all else by letter: book-2-0001 is
/// part 1 of another book.
/// </summary>
public sealed class NumberedNames : IComparer<string>
{
    private const int Width = 20;

    public static readonly NumberedNames Order = new();

    private static readonly Regex Number = new("[0-9]{4,}|[0-9]+$");

    private NumberedNames()
    {
    }

    /// <summary>The file of the n-th of several results, from 0: with -1, -2… before the extension.</summary>
    internal static string Of(string path, int result)
    {
        (string stem, string extension) = Split(path);
        return $"{stem}{Suffix(result)}{extension}";
    }

    /// <summary>The file of another of several results, by the file of one.</summary>
    internal static string Sibling(string path, int result, int other)
    {
        (string stem, string extension) = Split(path);
        string suffix = Suffix(result);
        return !stem.EndsWith(suffix, StringComparison.Ordinal) ? path
            : $"{stem.Substring(0, stem.Length - suffix.Length)}{Suffix(other)}{extension}";
    }

    public int Compare(string? x, string? y)
    {
        int order = StringComparer.OrdinalIgnoreCase.Compare(KeyOf(x), KeyOf(y));
        return order != 0 ? order : StringComparer.Ordinal.Compare(x, y);
    }

    private static string KeyOf(string? path)
    {
        (string stem, string extension) = Split(path ?? "");
        return Number.Replace(stem, number => number.Value.PadLeft(Width, '0')) + extension;
    }

    private static string Suffix(int result) => $"-{(result + 1).ToString(CultureInfo.InvariantCulture)}";

    private static (string Stem, string Extension) Split(string path)
    {
        string extension = Path.GetExtension(path);
        return (path.Substring(0, path.Length - extension.Length), extension);
    }
}
