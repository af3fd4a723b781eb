using System.Globalization;
using System.Text.RegularExpressions;

namespace RunwareTts.Offline;

/// <summary>espeak-ng as a child process. It is GPL and never loaded into this one.</summary>
internal static class Espeak
{
    // Its own pace, and the slowest it goes; asked for less, it silently stays there.
    private const double WordsPerMinute = 175;
    private const double Slowest = 80;

    private static HashSet<string>? _variants;

    /// <summary>Speaks a text into a WAV file (16-bit mono).</summary>
    /// <returns>The tempo by which the file must still be slowed down; 1 when it is right.</returns>
    public static async Task<double> SpeakAsync(string textFile, string wavFile, string language, DraftVoice voice, double speed, CancellationToken token)
    {
        string program = Program.Espeak.Require("Speech on this machine is made by espeak-ng.");
        await RequireVariantAsync(program, voice.Variant, token).ConfigureAwait(false);

        double words = WordsPerMinute * speed * voice.Pace;
        await ChildProcess.RunAsync(
            program,
            [
                "-v", $"{EspeakLanguage.VoiceOf(language)}+{voice.Variant}",
                "-s", Number(Math.Max(Slowest, words)),
                "-p", Number(voice.Pitch),
                "-a", Number(voice.Amplitude),
                "-g", Number(voice.Gap),
                "-b", "1",
                "-f", textFile,
                "-w", wavFile,
            ],
            token).ConfigureAwait(false);

        // Nothing that can be spoken: no file or a silent one, and no error either.
        if (!File.Exists(wavFile) || EspeakWav.IsSilent(wavFile))
            throw Errors.Invalid("Text", "Text has nothing in it that espeak-ng can speak.");
        return Math.Min(1, words / Slowest);
    }

    // An unknown variant is ignored without a word, and the voice would be another.
    private static async Task RequireVariantAsync(string program, string variant, CancellationToken token)
    {
        if (_variants is null)
        {
            string list = await ChildProcess.RunAsync(program, ["--voices=variant"], token).ConfigureAwait(false);
            _variants = [.. Regex.Matches(list, @"!v/(\S+)").Cast<Match>().Select(m => m.Groups[1].Value)];
        }

        if (!_variants.Contains(variant))
            throw Errors.ToolFailed("espeak-ng", $"it has no voice variant '{variant}' here. Install its whole voice data (espeak-ng-data 1.51 or newer).");
    }

    private static string Number(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);
}
