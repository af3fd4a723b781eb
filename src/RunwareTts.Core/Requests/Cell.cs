using System.Globalization;
using System.Text.RegularExpressions;

namespace RunwareTts.Requests;

/// <summary>
/// Reads one cell with the invariant culture. A blank cell is "not given"; what is no plain number is refused,
/// with the right spelling where it can be known.
/// </summary>
internal static class Cell
{
    private static readonly Regex WithUnit = new(@"^([0-9]+(?:[.,][0-9]+)?)\s*(k?)\s*(?:hz|kbps|kbit/s|kb/s|kb|b|bps|x|s|sec|%|ch)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static string? Clean(string? cell) => string.IsNullOrWhiteSpace(cell) ? null : cell!.Trim();

    /// <summary>A whole number; the advice is for a cell of which no right spelling can be known.</summary>
    public static int? Integer(string parameter, string? cell, string unit, Findings findings, string advice = "Write digits only.")
    {
        if (Clean(cell) is not { } value)
            return null;
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return number;

        bool isGreat = value.All(c => c is >= '0' and <= '9');
        string? hint = isGreat ? null : Hint(value, whole: true, thousands: parameter == "SampleRate");
        findings.Refuse(parameter, $"{parameter} '{Words.Short(value)}' is {(isGreat ? "too great" : "not")} a whole number{unit}. {hint ?? advice}");
        return null;
    }

    public static decimal? Decimal(string parameter, string? cell, Findings findings, bool isColumn = false)
    {
        if (Clean(cell) is not { } value)
            return null;
        if (decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal number))
            return number;

        string mend = isColumn && value.Contains(',') ? " For a whole column: ... "
            + $"| ForEach-Object {{ $_.{parameter} = $_.{parameter} -replace ',', '.'; $_ }} | ..." : "";
        findings.Refuse(parameter, $"{parameter} '{Words.Short(value)}' is not a number. "
            + (Hint(value, whole: false, thousands: false) ?? "Write one such as 1.25, with a decimal point.") + mend);
        return null;
    }

    public static Uri? Url(string parameter, string? cell, Findings findings)
    {
        if (Clean(cell) is not { } value)
            return null;
        if (Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
            return url;

        // The value may be a presigned secret with a slip in it, so it is not repeated.
        findings.Refuse(parameter, $"{parameter} is not an absolute http or https URL (it is not shown, as it may hold a secret). Write it whole, such as https://example.org/path.");
        return null;
    }

    /// <summary>
    /// What to write in place of a list that PowerShell has made of a number with a decimal comma; the zeros after the
    /// comma are lost.
    /// </summary>
    public static string OneNumber(string parameter, int before, int after)
    {
        bool isRate = parameter == "SampleRate";
        decimal number = decimal.Parse(
            $"{before.ToString(CultureInfo.InvariantCulture)}.{after.ToString(CultureInfo.InvariantCulture)}",
            CultureInfo.InvariantCulture);
        return isRate && before < 1000
            ? $"Write Hz in digits only, such as {(number * 1000).ToString("0", CultureInfo.InvariantCulture)}."
            : isRate ? "Write digits only, such as 24000."
            : $"Write a decimal point, such as {number.ToString(CultureInfo.InvariantCulture)}.";
    }

    private static string? Hint(string value, bool whole, bool thousands)
    {
        Match match = WithUnit.Match(value);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            return null;
        // 44.1 can only be kHz, with or without the unit.
        if (thousands && (match.Groups[2].Length > 0 || number < 1000))
            number *= 1000;
        if (!whole && value.EndsWith('%'))
            number /= 100;
        // 24,000 or 24.000 may be twenty-four thousand or twenty-four: no spelling can be known.
        if (whole && number != decimal.Truncate(number) || value.Contains(",000") || value.Contains(".000"))
            return "Write digits only, without separators.";
        string written = (whole ? decimal.Truncate(number) : number).ToString("0.####", CultureInfo.InvariantCulture);
        string point = value.Contains(',') && !whole ? ", with a decimal point whatever the culture" : "";
        return $"Write {written}{point}.";
    }
}
