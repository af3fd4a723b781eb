using System.Globalization;
using System.Text.RegularExpressions;

namespace RunwareTts.Requests;

/// <summary>
/// Reads one cell with the invariant culture. A blank cell is "not given"; anything but a plain number is refused,
/// with the right spelling where it can be known.
/// </summary>
internal static class CellParser
{
    private const NumberStyles DecimalStyle =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Regex WithUnit = new(
        "^([0-9]+(?:[.,][0-9]+)?)\\s*(k?)\\s*(?:hz|kbps|kbit/s|kb/s|kb|b|bps|x|s|sec|%|ch)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static string? Clean(string? cell) => string.IsNullOrWhiteSpace(cell) ? null : cell!.Trim();

    /// <summary>Reads a whole number; the advice is for a cell whose right spelling cannot be known.</summary>
    public static int? ReadInteger(
        string parameter, string? cell, string unit, Findings findings, string advice = "Write digits only.")
    {
        if (Clean(cell) is not { } value)
            return null;
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return number;

        bool isGreat = value.All(c => c is >= '0' and <= '9');
        string? hint = isGreat ? null : Hint(value, isWhole: true, isRate: parameter == "SampleRate");
        string fault = isGreat ? "is too great for a" : "is not a";
        findings.Refuse(
            parameter, $"{parameter} '{Words.Short(value)}' {fault} whole number{unit}. {hint ?? advice}");
        return null;
    }

    public static decimal? ReadDecimal(string parameter, string? cell, Findings findings, bool isColumn = false)
    {
        if (Clean(cell) is not { } value)
            return null;
        if (decimal.TryParse(value, DecimalStyle, CultureInfo.InvariantCulture, out decimal number))
            return number;

        string hint = Hint(value, isWhole: false, isRate: false) ?? "Write one such as 1.25, with a decimal point.";
        string repair = isColumn && value.Contains(',') ? " For a whole column: ... "
            + $"| ForEach-Object {{ $_.{parameter} = $_.{parameter} -replace ',', '.'; $_ }} | ..." : "";
        findings.Refuse(parameter, $"{parameter} '{Words.Short(value)}' is not a number. {hint}{repair}");
        return null;
    }

    public static Uri? ReadUrl(string parameter, string? cell, Findings findings)
    {
        if (Clean(cell) is not { } value)
            return null;
        if (Uri.TryCreate(value, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
            return url;

        // The value may be a misspelt presigned URL, which is a secret, so it is not in the message.
        findings.Refuse(parameter, $"{parameter} is not an absolute http or https URL (it is not shown, as it may "
            + "hold a secret). Write it whole, such as https://example.org/path.");
        return null;
    }

    /// <summary>
    /// How to write a number with a decimal comma, of which PowerShell has made a list. Zeros after the comma are lost.
    /// </summary>
    public static string HintForCommaNumber(string parameter, int before, int after)
    {
        string number = FormattableString.Invariant($"{before}.{after}");
        if (parameter != "SampleRate")
            return $"Write a decimal point, such as {number}.";
        decimal hertz = decimal.Parse(number, CultureInfo.InvariantCulture) * 1000;
        return before < 1000 ? $"Write Hz in digits only, such as {hertz.ToString("0", CultureInfo.InvariantCulture)}."
            : "Write digits only, such as 24000.";
    }

    private static string? Hint(string value, bool isWhole, bool isRate)
    {
        Match match = WithUnit.Match(value);
        string digits = match.Groups[1].Value.Replace(',', '.');
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return null;
        // 44.1 can only be kHz, with or without the unit.
        if (isRate && (match.Groups[2].Length > 0 || number < 1000))
            number *= 1000;
        if (!isWhole && value.EndsWith('%'))
            number /= 100;
        // 24,000 or 24.000 may mean 24000 or 24, so no spelling is suggested.
        if (isWhole && number != decimal.Truncate(number) || value.Contains(",000") || value.Contains(".000"))
            return "Write digits only, without separators.";
        string point = value.Contains(',') && !isWhole ? ", with a decimal point whatever the culture" : "";
        return $"Write {number.ToString(isWhole ? "0" : "0.####", CultureInfo.InvariantCulture)}{point}.";
    }
}
