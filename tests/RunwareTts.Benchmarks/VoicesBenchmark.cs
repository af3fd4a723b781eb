using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Tests.Providers.Offline;

namespace RunwareTts.Benchmarks;

/// <summary>Median pitch and length of one sentence by each description of the tests, each preset voice, and styles.</summary>
internal static class VoicesBenchmark
{
    private static readonly string[] Styles = ["excited and fast", "slow and sad", "whispering"];

    public static void Run()
    {
        Dictionary<char, Sound> plain = DescribedVoice.Plain.ToDictionary(p => p.Key, p => Sound.Of(new SpeechRow { VoiceDescription = p.Value }));
        Console.WriteLine("| description | compared with | pitch, Hz | | length, s | pace |\n|---|---|---|---|---|---|");
        foreach ((char sex, string description) in DescribedVoice.Plain)
            Line(description, "", plain[sex], plain[sex]);
        foreach (DescribedVoice voice in DescribedVoice.All)
            Line(Short(voice.Description), DescribedVoice.Plain[voice.Sex], Sound.Of(new SpeechRow { VoiceDescription = voice.Description }), plain[voice.Sex]);

        Console.WriteLine("\n| voice | style | pitch, Hz | | length, s | pace | voiced |\n|---|---|---|---|---|---|---|");
        foreach (TtsVoice voice in SpeechCatalog.Voices)
        {
            Sound own = Sound.Of(new SpeechRow { Voice = voice.Name });
            Line(voice.Name, "", own, own, voiced: true);
            foreach (string style in Styles)
                Line(voice.Name, style, Sound.Of(new SpeechRow { Voice = voice.Name, Style = style }), own, voiced: true);
        }
    }

    private static void Line(string name, string beside, Sound sound, Sound plain, bool voiced = false) =>
        Console.WriteLine(FormattableString.Invariant($"| {name} | {beside} | {(sound.Voiced > 0 ? FormattableString.Invariant($"{sound.Pitch:0} | x {sound.Pitch / plain.Pitch:0.00}") : "none |")} | {sound.Seconds:0.00} | x {plain.Seconds / sound.Seconds:0.00} |{(voiced ? FormattableString.Invariant($" {100 * sound.Voiced:0} % |") : "")}"));

    private static string Short(string description) => description.Length <= 90 ? description : description[..description.LastIndexOf(' ', 80)] + " …";
}
