using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using RunwareTts.Files;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>espeak-ng as a child process. It is GPL and never loaded into this one.</summary>
internal static class EspeakNg
{
    private const double WordsPerMinute = 175;

    // Asked for less, it silently stays there.
    private const double MinWords = 80;

    // Beyond it espeak-ng needs the library sonic, which not every build has.
    private const double MaxWords = 450;

    // Twice the pace takes half the time with sonic, and the same time without it.
    private const double FasterLength = 0.75;

    // cmn itself spells every hanzi as English letters and a tone digit in 1.51; its pinyin voice reads them.
    private static readonly Dictionary<string, string> Voices = new()
    {
        ["English"] = "en-us",
        ["Chinese"] = "cmn-latn-pinyin",
        ["Japanese"] = "ja",
        ["Korean"] = "ko",
        ["German"] = "de",
        ["French"] = "fr-fr",
        ["Russian"] = "ru",
        ["Portuguese"] = "pt-br",
        ["Spanish"] = "es",
        ["Italian"] = "it",
    };

    private static readonly ConcurrentDictionary<string, HashSet<string>> Variants = new();
    private static readonly ConcurrentDictionary<string, bool> GoesFaster = new();

    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public static string Require() => Program.Espeak.Require("Speech on this machine requires espeak-ng.");

    /// <summary>Speaks a text into a WAV file (16-bit mono).</summary>
    /// <returns>The tempo by which the file must still be changed; 1 if it is right.</returns>
    public static async Task<double> SpeakAsync(
        string textFile, string wavFile, string language, DraftVoice voice, double speed, CancellationToken token)
    {
        string program = Require();
        await RequireVariantAsync(program, voice.Variant, token).ConfigureAwait(false);

        WorkFolder folder = WorkFolder.Of(wavFile);
        double words = WordsPerMinute * speed * voice.Pace;
        bool isTooFast = words > MaxWords && !await GoesFasterAsync(program, wavFile, token).ConfigureAwait(false);
        double spoken = isTooFast ? MaxWords : Math.Max(MinWords, words);
        string[] arguments =
        [
            "-v", $"{Voices[language]}+{voice.Variant}",
            "-s", Number(spoken),
            "-p", Number(voice.Pitch),
            "-a", Number(voice.Amplitude),
            "-b", "1",
            "-f", folder.NameOf(textFile),
            "-w", folder.NameOf(wavFile),
        ];
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);

        // With nothing to speak it writes no file or a silent one, and reports no error.
        if (!File.Exists(wavFile) || await EspeakWav.IsSilentAsync(wavFile).ConfigureAwait(false))
            throw Errors.Invalid("Text", "Text contains nothing that espeak-ng can speak. Give it letters or digits.");
        return words / spoken;
    }

    // espeak-ng silently ignores an unknown variant, and the voice would be another.
    private static async Task RequireVariantAsync(string program, string variant, CancellationToken token)
    {
        if (!Variants.TryGetValue(program, out HashSet<string>? known))
            Variants[program] = known = await ListVariantsAsync(program, token).ConfigureAwait(false);
        if (!known.Contains(variant))
            throw Errors.VariantMissing(variant);
    }

    private static async Task<HashSet<string>> ListVariantsAsync(string program, CancellationToken token)
    {
        try
        {
            string list = await ChildProcess.RunAsync(program, null, ["--voices=variant"], token).ConfigureAwait(false);
            // On Windows they are listed with its separator.
            MatchCollection names = Regex.Matches(list, @"!v[/\\](\S+)");
            return names.Count > 0 ? [.. names.Cast<Match>().Select(m => m.Groups[1].Value)]
                : throw Errors.VoicesMissing(program, null);
        }
        catch (TtsException e) when (e.Kind == TtsErrorKind.InvalidResult)
        {
            throw Errors.VoicesMissing(program, e);
        }
    }

    // Neither its help nor its version shows this.
    private static async Task<bool> GoesFasterAsync(string program, string wavFile, CancellationToken token)
    {
        if (GoesFaster.TryGetValue(program, out bool known))
            return known;
        // A file of its own: whether the speech itself was written must be seen.
        string trial = Path.Combine(Path.GetDirectoryName(wavFile)!, "pace.wav");
        long usual = await MeasureAsync(program, trial, MaxWords, token).ConfigureAwait(false);
        long twice = await MeasureAsync(program, trial, 2 * MaxWords, token).ConfigureAwait(false);
        return GoesFaster[program] = twice < FasterLength * usual;
    }

    private static async Task<long> MeasureAsync(string program, string wavFile, double words, CancellationToken token)
    {
        const string text = "one two three four five six seven eight nine ten";
        WorkFolder folder = WorkFolder.Of(wavFile);
        string[] arguments = ["-v", "en", "-s", Number(words), "-w", folder.NameOf(wavFile), text];
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
        return await FileRetry.RunAsync(() => new FileInfo(wavFile).Length).ConfigureAwait(false);
    }

    private static string Number(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);
}
