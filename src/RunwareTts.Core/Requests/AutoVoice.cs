using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>
/// The voice <c>auto</c>, and the preset voice in its place where the service refuses it. The request stays one for
/// auto: what it asked for, and what it is known by in the ledger, do not depend on the service of that day.
/// </summary>
internal static class AutoVoice
{
    public static string Name => SpeechCatalog.CustomVoice.DefaultVoice;

    public static bool IsAskedFor(SpeechRequest request) => IsPreset(request) && Same(request.Voice, Name);

    /// <summary>The request that auto would have been, for one that names a preset voice; else null.</summary>
    public static SpeechRequest? AsAuto(SpeechRequest request) =>
        IsPreset(request) && SpeechCatalog.FindVoice(request.Voice) is not null ? request with { Voice = Name } : null;

    /// <summary>
    /// A voice that is native in the language, without a dialect if there is one; else the same for English.
    /// </summary>
    /// <param name="language">An English language name.</param>
    /// <param name="allowed">What the service allows; empty if it does not say it.</param>
    /// <returns>Null if it allows none of them.</returns>
    public static string? Choose(string language, IReadOnlyList<string> allowed) =>
        NativeIn(language, allowed) ?? NativeIn("English", allowed);

    private static string? NativeIn(string language, IReadOnlyList<string> allowed) =>
        SpeechCatalog.Voices.Where(v => Same(v.NativeLanguage, language))
            .Where(v => allowed.Count == 0 || allowed.Any(a => Same(a, v.Name)))
            .OrderBy(v => v.Dialect is not null)
            .FirstOrDefault()?.Name;

    private static bool IsPreset(SpeechRequest request) => request.Model == SpeechCatalog.CustomVoice.ModelId;

    private static bool Same(string? left, string right) =>
        right.Equals(left, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Whether a connection's service refuses the voice auto. Any thread may use it.</summary>
public sealed class AutoRefusal
{
    /// <summary>For servers that know no voice auto, which needs no warning.</summary>
    internal static AutoRefusal ByDesign() => new() { _allowed = [], IsByDesign = true };

    internal bool IsByDesign { get; private init; }

    private volatile IReadOnlyList<string>? _allowed;

    /// <summary>What it allows in place of auto, empty if it did not say it; null if it has not refused auto.</summary>
    internal IReadOnlyList<string>? Allowed => _allowed;

    internal void Remember(IReadOnlyList<string> allowed) => _allowed = allowed;
}
