using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Recognizes errors about the clip of a task. No code for them is documented, so their fields and words decide.
/// </summary>
internal static class MediaFault
{
    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Code = new("media|asset|inputs?audio|audioinput|referenceaudio|refaudio", AnyCase);

    private static readonly Regex Words =
        new(@"\b(?:media|mediaUUID|reference audio|referenceAudio|inputs\.audio|stored audio)\b", AnyCase);

    /// <param name="wire">The error.</param>
    /// <param name="kind">What its code means without regard to clips.</param>
    public static bool IsIn(WireError wire, TtsErrorKind kind) =>
        kind is not (TtsErrorKind.AuthenticationError or TtsErrorKind.ConnectionError or TtsErrorKind.LimitsExceeded)
        && (Code.IsMatch(wire.Code)
            || wire.Parameters.Any(IsField)
            || kind is TtsErrorKind.ObjectNotFound or TtsErrorKind.InvalidArgument && Words.IsMatch(wire.Message));

    private static bool IsField(string parameter) =>
        parameter.StartsWith("inputs", StringComparison.OrdinalIgnoreCase)
        || parameter.Contains("media", StringComparison.OrdinalIgnoreCase);
}
