using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using RunwareTts.Files;
using RunwareTts.Providers.Offline;

namespace RunwareTts.Tools;

/// <summary>espeak-ng as a child process. It is GPL and never loaded into this one.</summary>
internal static class Espeak
{
    // Its own pace, and the slowest it goes; asked for less, it silently stays there.
    private const double WordsPerMinute = 175;
    private const double Slowest = 80;

    // The fastest that it goes without help. Beyond it another library (sonic) is needed, which not every build has.
    private const double Fastest = 450;

    // Twice the pace takes half the time where it is possible, and the same where it is not.
    private const double Shorter = 0.75;

    private static readonly ConcurrentDictionary<string, HashSet<string>> Variants = new();
    private static readonly ConcurrentDictionary<string, bool> GoesFaster = new();

    /// <summary>Speaks a text into a WAV file (16-bit mono).</summary>
    /// <returns>The tempo by which the file must still be changed; 1 when it is right.</returns>
    public static async Task<double> SpeakAsync(string textFile, string wavFile, string language, DraftVoice voice, double speed, CancellationToken token)
    {
        string program = Program.Espeak.Require("Speech on this machine is made by espeak-ng.");
        await RequireVariantAsync(program, voice.Variant, token).ConfigureAwait(false);

        double words = WordsPerMinute * speed * voice.Pace;
        string temp = Path.GetDirectoryName(wavFile)!;
        bool isTooFast = words > Fastest && !await GoesFasterAsync(program, temp, token).ConfigureAwait(false);
        double spoken = isTooFast ? Fastest : Math.Max(Slowest, words);
        WorkFolder folder = WorkFolder.Of(wavFile);
        await ChildProcess.RunAsync(
            program,
            folder,
            [
                "-v", $"{EspeakLanguage.VoiceOf(language)}+{voice.Variant}",
                "-s", Number(spoken),
                "-p", Number(voice.Pitch),
                "-a", Number(voice.Amplitude),
                "-g", Number(voice.Gap),
                "-b", "1",
                "-f", folder.NameOf(textFile),
                "-w", folder.NameOf(wavFile),
            ],
            token).ConfigureAwait(false);

        // Nothing that can be spoken: no file or a silent one, and no error either.
        if (!File.Exists(wavFile) || EspeakWav.IsSilent(wavFile))
            throw Errors.Invalid("Text", "Text has nothing in it that espeak-ng can speak.");
        return words / spoken;
    }

    // An unknown variant is ignored without a word, and the voice would be another.
    private static async Task RequireVariantAsync(string program, string variant, CancellationToken token)
    {
        if (!Variants.TryGetValue(program, out HashSet<string>? known))
        {
            known = await ListAsync(program, token).ConfigureAwait(false);
            Variants[program] = known;
        }

        if (!known.Contains(variant))
            throw Errors.ToolFailed("espeak-ng", $"it has no voice variant '{variant}' here. Install its whole voice data (espeak-ng-data 1.51 or newer).");
    }

    private static async Task<HashSet<string>> ListAsync(string program, CancellationToken token)
    {
        try
        {
            string list = await ChildProcess.RunAsync(program, null, ["--voices=variant"], token).ConfigureAwait(false);
            // On Windows they are listed as files of that system.
            HashSet<string> variants =
                [.. Regex.Matches(list, @"!v[/\\](\S+)").Cast<Match>().Select(m => m.Groups[1].Value)];
            if (variants.Count > 0)
                return variants;
        }
        catch (TtsException e) when (e.ErrorId == "OfflineToolFailed")
        {
            throw Errors.VoicesMissing(program, e);
        }

        throw Errors.VoicesMissing(program, null);
    }

    // No help or version tells it.
    private static async Task<bool> GoesFasterAsync(string program, string folder, CancellationToken token)
    {
        if (GoesFaster.TryGetValue(program, out bool known))
            return known;
        // A file of its own: where there is nothing to speak, none is written, and that must be seen.
        string wavFile = Path.Combine(folder, "pace.wav");
        long usual = await LengthAsync(program, wavFile, Fastest, token).ConfigureAwait(false);
        long twice = await LengthAsync(program, wavFile, 2 * Fastest, token).ConfigureAwait(false);
        return GoesFaster[program] = twice < Shorter * usual;
    }

    private static async Task<long> LengthAsync(string program, string wavFile, double words, CancellationToken token)
    {
        const string text = "one two three four five six seven eight nine ten";
        WorkFolder folder = WorkFolder.Of(wavFile);
        string[] arguments = ["-v", "en", "-s", Number(words), "-w", folder.NameOf(wavFile), text];
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
        return FileRetry.Run(() => new FileInfo(wavFile).Length);
    }

    private static string Number(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);
}
