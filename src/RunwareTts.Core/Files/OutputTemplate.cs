using System.Globalization;
using System.Text.RegularExpressions;
using RunwareTts.Requests;

namespace RunwareTts.Files;

/// <summary>Fills {Id} {Index} {Voice} {Language} {Model} {Hash} in an OutputPath.</summary>
internal static class OutputTemplate
{
    private static readonly Regex Token = new(@"\{([^{}]*)\}");

    private static readonly Dictionary<string, Func<SpeechRequest, int, string, string>> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = (r, _, _) => r.Id ?? throw Errors.Invalid("OutputPath", $"OutputPath '{r.OutputPath}' asks for {{Id}}, and this row has no Id."),
        ["Index"] = (_, index, _) => index.ToString("D4", CultureInfo.InvariantCulture),
        ["Voice"] = (r, _, _) => r.Voice,
        ["Language"] = (r, _, _) => r.Language ?? "Auto",
        ["Model"] = (r, _, _) => r.ModelName,
        ["Hash"] = (_, _, hash) => hash.Substring(0, 12),
    };

    public static string Fill(string template, SpeechRequest request, int index, string hash) =>
        Token.Replace(template, match => Values.TryGetValue(match.Groups[1].Value, out Func<SpeechRequest, int, string, string>? value)
            ? SafeName.Make(value(request, index, hash), hash)
            : throw Errors.Invalid("OutputPath", $"OutputPath '{template}' has the unknown token {match.Value}. Allowed: {string.Join(" ", Values.Keys.Select(k => $"{{{k}}}"))}."));
}
