using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Audio;

/// <summary>
/// Whether a length can be that of the text. The model writes 12.5 frames a second, at speed 1, and stops at
/// MaxNewTokens of them, done or not; and now and then it leaves words out or babbles on.
/// </summary>
internal static class SpeechLength
{
    private const string Truncated = "Truncated";
    private const string TooLong = "TooLong";
    private const string TooShort = "TooShort";
    private const string SilentTail = "SilentTail";

    // So near to the end of its tokens nothing ends by itself.
    private const decimal Nearly = 0.99m;

    // A digit or a sign is a word, and is read as one; Han and Kana are words already.
    private const int SignInLetters = 4;

    // Of breath and silence, which weigh most where the text is short.
    private const decimal MaxSilence = 4m;
    private const decimal MinSilence = 1m;

    private const int TokenStep = 256;
    private const decimal Reserve = 1.25m;

    // Shorter parts would be cut in the middle of sentences, and still not be sure to fit.
    private const int MinRoom = 40;

    /// <summary>The audio may be better if it is generated again. A silent tail only has to be cut off.</summary>
    public static bool IsRetried(string? doubt) => doubt is not (null or SilentTail);

    /// <summary>
    /// Truncated, TooLong, TooShort or SilentTail; null for a plausible length, or where it cannot be judged.
    /// </summary>
    public static string? FindDoubt(TtsSpeech speech)
    {
        if (Spoken(speech, speech.Duration) is not { } seconds)
            return null;
        // It ends where the model had to stop.
        if (speech.IsCut ?? seconds >= Nearly * MaxSeconds(speech.MaxNewTokens))
            return IsWhole(speech) ? SilentTail : Truncated;
        return speech.Text is { Length: > 0 } text ? FindPaceDoubt(seconds, text, speech.Language) : null;
    }

    // The text was spoken before the silence.
    private static bool IsWhole(TtsSpeech speech) =>
        Spoken(speech, speech.SilentFrom) is { } seconds && speech.Text is { Length: > 0 } text
        && FindPaceDoubt(seconds, text, speech.Language) is null;

    /// <summary>TooLong or TooShort for speech of this text at any pace; null for a plausible length.</summary>
    public static string? FindPaceDoubt(decimal seconds, string text, string? spoken)
    {
        TtsLanguage language = Language(text, spoken);
        decimal most = MaxSilence + Weight(text) / language.MinCharactersPerSecond!.Value;
        decimal least = text.Count(char.IsLetterOrDigit) / language.MaxCharactersPerSecond!.Value - MinSilence;
        return seconds > most ? TooLong : seconds < least ? TooShort : null;
    }

    /// <summary>What stands for all of these doubts: a joined file is as doubtful as its worst part.</summary>
    public static string? Worst(IEnumerable<string?> doubts)
    {
        string?[] all = [.. doubts];
        return new[] { Truncated, TooLong, TooShort, SilentTail }.FirstOrDefault(all.Contains);
    }

    /// <summary>What is doubtful about a length, and what to do about it.</summary>
    public static string Explain(TtsSpeech speech)
    {
        int most = speech.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens;
        string text = speech.Text ?? "";
        string heard = string.Format(CultureInfo.InvariantCulture, "{0:0.0} s", speech.Duration!.Value.TotalSeconds);
        if (text.Length > 0)
            heard += string.Format(CultureInfo.InvariantCulture, " for the {0} characters of '{1}'",
                PlainText.CodePoints(text), Words.Short(text));
        string what = speech.Suspect switch
        {
            Truncated => string.Format(
                CultureInfo.InvariantCulture,
                "{0}: the model stopped at MaxNewTokens {1} ({2:0.0} s at speed 1), so the end is missing, or it "
                    + "babbled on. Give a larger -MaxNewTokens or a shorter text",
                heard, most, MaxSeconds(most)),
            SilentTail => string.Format(CultureInfo.InvariantCulture,
                "{0}, of which only the first {1:0.0} s are speech: the text is complete, and near-silence follows up "
                    + "to MaxNewTokens {2}", heard, speech.SilentFrom?.TotalSeconds ?? 0, most),
            TooLong => $"{heard} is too long for this text; the model may have babbled on",
            _ => $"{heard} is too short for this text; words may be missing",
        };
        string name = speech.Path ?? speech.Id ?? $"Task {speech.TaskUUID}";
        string next = speech.Suspect == SilentTail ? "Cut the end off; generating it again is not needed"
            : speech.Suspect == Truncated && Needed(text, speech.Language) > most
            ? "Generated again it would be cut again" : "Listen to it; -RetrySuspect generates such rows again";
        return $"{name}: {what}. {next}.";
    }

    /// <summary>As many characters as surely fit the tokens of one task, at the language's usual pace.</summary>
    public static int Room(SpeechRequest request)
    {
        decimal pace = Language(request.Text, request.Language).CharactersPerSecond!.Value;
        decimal room = Math.Max(MinRoom, MaxSeconds(request.MaxNewTokens) * pace / Reserve);
        return (int)Math.Min(SpeechCatalog.Limits.MaxTextLength, room);
    }

    /// <summary>A warning, before it is paid for, that a text will not fit; null where it will.</summary>
    public static string? Foresee(SpeechRequest request)
    {
        int most = request.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens;
        decimal needed = Needed(request.Text, request.Language);
        if (needed <= most)
            return null;
        decimal enough = Math.Ceiling(needed * Reserve / TokenStep) * TokenStep;
        return string.Format(
            CultureInfo.InvariantCulture,
            "MaxNewTokens {0} ends the speech after {1:0} s, and {2} at its usual pace needs more for such a text: the "
                + "end would be missing. Give -MaxNewTokens {3}, or cut the text (Split-TtsText).",
            most,
            MaxSeconds(most),
            Language(request.Text, request.Language).Name,
            enough);
    }

    // Tokens at the language's usual pace.
    private static decimal Needed(string text, string? language) =>
        PlainText.CodePoints(text) / Language(text, language).CharactersPerSecond!.Value
            * SpeechCatalog.Limits.TokensPerSecond;

    // Seconds at speed 1: the speed is made of the finished speech. Drafts know no tokens.
    private static decimal? Spoken(TtsSpeech speech, TimeSpan? length)
    {
        if (speech.Provider == TtsSpeech.Offline || length is not { } duration || IsJoined(speech.Text))
            return null;
        bool isGiven = decimal.TryParse(
            speech.Speed, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal speed);
        return duration.Ticks / (decimal)TimeSpan.TicksPerSecond
            * (isGiven ? speed : SpeechCatalog.Limits.DefaultSpeed);
    }

    // Its parts were judged, and who wrote it down has not said how.
    private static bool IsJoined(string? text) =>
        text is not null && PlainText.CodePoints(text) > SpeechCatalog.Limits.MaxTextLength;

    private static decimal MaxSeconds(int? tokens) =>
        (tokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens) / SpeechCatalog.Limits.TokensPerSecond;

    private static TtsLanguage Language(string text, string? language) =>
        SpeechCatalog.FindLanguage(TextLanguage.Of(text, language))!;

    private static int Weight(string text) =>
        text.Sum(c => char.IsDigit(c) || char.IsSymbol(c) ? SignInLetters : char.IsLowSurrogate(c) ? 0 : 1);
}
