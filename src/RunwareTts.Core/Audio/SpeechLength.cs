using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Audio;

/// <summary>
/// Whether a length can be that of the text. The model writes 12.5 frames a second, at speed 1, and stops at
/// MaxNewTokens of them, done or not; and now and then it leaves words out or babbles on.
/// </summary>
internal static class SpeechLength
{
    // So near to the end of its tokens nothing ends by itself.
    private const decimal Nearly = 0.99m;

    // A digit or a sign is a word, and is read as one; Han and Kana are words already.
    private const int SignInLetters = 4;

    // Of breath and silence, which weigh most where the text is short.
    private const decimal MostSilence = 4m;
    private const decimal LeastSilence = 1m;

    private const int TokenStep = 256;
    private const decimal Reserve = 1.25m;

    /// <summary>It ends where the model had to stop.</summary>
    public static bool IsTruncated(TtsSpeech speech) => Spoken(speech) is { } seconds && seconds >= Nearly * Most(speech.MaxNewTokens);

    /// <summary>Truncated, TooLong or TooShort; null where nothing speaks against it, or nobody can tell.</summary>
    public static string? Doubt(TtsSpeech speech)
    {
        if (Spoken(speech) is not { } seconds || speech.Text is not { Length: > 0 } text)
            return null;
        LanguageEntry language = Language(text, speech.Language);
        return IsTruncated(speech) ? "Truncated"
            : seconds > MostSilence + Weight(text) / language.MinCharactersPerSecond!.Value ? "TooLong"
            : seconds + LeastSilence < text.Count(char.IsLetterOrDigit) / language.MaxCharactersPerSecond!.Value ? "TooShort"
            : null;
    }

    /// <summary>What to do about a doubtful one.</summary>
    public static string Explain(TtsSpeech speech)
    {
        int most = speech.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens;
        string heard = string.Format(CultureInfo.InvariantCulture, "{0:0.0} s for {1} characters", speech.Duration!.Value.TotalSeconds, TextRules.CodePoints(speech.Text!));
        string what = speech.Suspect switch
        {
            "Truncated" => string.Format(CultureInfo.InvariantCulture, "{0}: the model had to stop at MaxNewTokens {1} ({2:0.0} s at speed 1), so the end is missing, or it babbled on. Give a larger -MaxNewTokens or a shorter text", heard, most, Most(most)),
            "TooLong" => $"{heard} is longer than anybody would read it, as when the model babbles on",
            _ => $"{heard} is shorter than anybody could read it, as when the model leaves words out",
        };
        return $"{speech.Path ?? speech.Id ?? $"Task {speech.TaskUUID}"}: {what}. Listen to it; -RetrySuspect speaks such rows again.";
    }

    /// <summary>Told before a text is paid for that will not fit; null where it will.</summary>
    public static string? Foresee(SpeechRequest request)
    {
        int most = request.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens;
        LanguageEntry language = Language(request.Text, request.Language);
        decimal needed = TextRules.CodePoints(request.Text) / language.CharactersPerSecond!.Value * SpeechCatalog.Limits.TokensPerSecond;
        if (needed <= most || IsJoined(request.Text))
            return null;
        decimal enough = Math.Ceiling(needed * Reserve / TokenStep) * TokenStep;
        return string.Format(
            CultureInfo.InvariantCulture,
            "MaxNewTokens {0} ends the speech after {1:0} s, and {2} at its usual pace needs more for such a text: the end would be missing and is paid for. Give -MaxNewTokens {3}, or cut the text (Split-TtsText).",
            most,
            Most(most),
            language.Name,
            enough);
    }

    // Seconds at speed 1: the speed is made of the finished speech. Drafts know no tokens.
    private static decimal? Spoken(TtsSpeech speech) =>
        speech.Provider == Offline.OfflineProvider.ProviderName || speech.Duration is not { } duration || IsJoined(speech.Text) ? null
        : duration.Ticks / (decimal)TimeSpan.TicksPerSecond * (decimal.TryParse(speech.Speed, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal speed) ? speed : SpeechCatalog.Limits.DefaultSpeed);

    // Its parts were judged.
    private static bool IsJoined(string? text) => text is not null && TextRules.CodePoints(text) > SpeechCatalog.Limits.MaxTextLength;

    private static decimal Most(int? tokens) => (tokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens) / SpeechCatalog.Limits.TokensPerSecond;

    private static LanguageEntry Language(string text, string? language) => SpeechCatalog.FindLanguage(TextLanguage.Of(text, language))!;

    private static int Weight(string text) =>
        text.Sum(c => char.IsDigit(c) || char.IsSymbol(c) ? SignInLetters : char.IsLowSurrogate(c) ? 0 : 1);
}
