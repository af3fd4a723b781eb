using System.Globalization;
using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Offline;

/// <summary>The years that a description states: "in her forties", "a ten-year-old", "aged 70", "60岁".</summary>
internal static class VoiceAge
{
    private const int MiddleAge = 45;
    private const int SomeTeen = 15;

    private static readonly string[] Ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    private static readonly string[] Tens = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"];

    private static readonly Regex Stated = new(
        @"\b(?:his|her|their|its)\s+(?:(?:early|mid|late)[\s-]+)*(?<years>\d0(?=s)|teens|\w+ties)\b|\b(?<years>\d{1,3}|[a-z]+)(?:-[a-z]+)?[\s-]years?[\s-]old|\baged?\s+(?<years>\d{1,3})\b|(?<years>\d{1,3})\s*[岁歲]|middle[\s-]aged?|中年",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static int? In(string description) => Stated.Match(description) is not { Success: true } stated ? null
        : stated.Groups["years"] is { Success: true } years ? Read(years.Value.ToLowerInvariant())
        : MiddleAge;

    private static int? Read(string years)
    {
        if (int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number;
        if (years.Contains("teen"))
            return SomeTeen;
        int ten = Array.FindIndex(Tens, t => years.StartsWith(t + "y", StringComparison.Ordinal) || years.StartsWith(t + "ies", StringComparison.Ordinal));
        int one = Array.IndexOf(Ones, years);
        return ten >= 0 ? (ten + 2) * 10 : one >= 0 ? one + 1 : null;
    }
}
