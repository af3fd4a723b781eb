using System.Globalization;
using System.Text.RegularExpressions;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Output;

/// <summary>Something in braces that an OutputPath may hold.</summary>
internal sealed record OutputToken(string Name, string Says, Func<SpeechRequest, int, string, string> Value);

/// <summary>Fills {Id} {Index} {Voice} {Language} {Model} {Hash} in an OutputPath.</summary>
internal static class OutputTemplate
{
    private static readonly Regex Braces = new(@"\{([^{}]*)\}");

    public static IReadOnlyList<OutputToken> Tokens { get; } =
    [
        new("Id", "The row's own Id.", (r, _, _) => r.Id ?? throw Errors.Invalid(
            "OutputPath", $"OutputPath '{r.OutputPath}' asks for {{Id}}, and this row has no Id.")),
        new("Index", "The row's number, in four digits.",
            (_, index, _) => index.ToString("D4", CultureInfo.InvariantCulture)),
        new("Voice", "The voice, as it is sent.", (r, _, _) => r.Voice),
        new("Language", "The language, or Auto.", (r, _, _) => r.Language ?? "Auto"),
        new("Model", "The model's short name.", (r, _, _) => r.ModelName),
        new("Hash", "Twelve digits that equal requests share.", (_, _, hash) => hash.Substring(0, 12)),
    ];

    public static string Fill(string template, SpeechRequest request, int index, string hash) =>
        Braces.Replace(template, match => Find(match.Groups[1].Value) is { } token
            ? SafeName.Make(token.Value(request, index, hash), hash)
            : throw Errors.Invalid("OutputPath", $"OutputPath '{template}' has the unknown token {match.Value}. "
                + $"Allowed: {string.Join(" ", Tokens.Select(t => $"{{{t.Name}}}"))}."));

    private static OutputToken? Find(string name) =>
        Tokens.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
