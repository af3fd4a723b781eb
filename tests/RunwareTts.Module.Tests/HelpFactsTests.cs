using System.Text.RegularExpressions;
using RunwareTts.Catalog;
using RunwareTts.Providers.Offline;

namespace RunwareTts.ModuleTests;

/// <summary>The numbers and names that the pages tell are those of the catalogue, and the errors those that there are.</summary>
public sealed partial class HelpFactsTests
{
    private static readonly Limits Limits = SpeechCatalog.Limits;

    public static TheoryData<string, string> Facts => new()
    {
        { "Text", $"1 to {Limits.MaxTextLength} characters" },
        { "Language", Or(SpeechCatalog.Languages.Select(l => l.Name)) },
        { "Speed", FormattableString.Invariant($"from {Limits.MinSpeed} to {Limits.MaxSpeed} in steps of {Limits.SpeedStep}") },
        { "OutputFormat", Or(SpeechCatalog.Formats.Select(f => f.Name)) },
        { "SampleRate", $"MP3 ({Rates("MP3")}) and OGG ({Rates("OGG")})" },
        { "Channels", $"default is {Limits.DefaultChannels}" },
        { "NumberResults", $"{Limits.MinResults} to {SpeechCatalog.CustomVoice.MaxNumberResults} for CustomVoice, {Limits.MinResults} to {SpeechCatalog.VoiceDesign.MaxNumberResults} for VoiceDesign" },
        { "MaxNewTokens", FormattableString.Invariant($"about {Limits.TokensPerSecond} tokens are a second") },
        { "MaxNewTokens", $"default is {Limits.DefaultMaxNewTokens}" },
        { "OutputType", Or(SpeechCatalog.OutputTypes) },
        { "Ttl", $"{Limits.MinTtl} or more" },
    };

    public static TheoryData<string> Errors
    {
        get
        {
            string core = Path.Combine(Repository.Root, "src", "RunwareTts.Core");
            string source = string.Concat(Directory.EnumerateFiles(core, "*Errors.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
            string[] found = ["VoiceNotFound", "ModelNotFound", "LanguageNotFound", "FormatNotFound", "InvalidRequest.<Parameter>", "NotSupported.<Parameter>", "Runware.<code>", "SelfHosted.<code>"];
            return [.. ErrorId().Matches(source).Select(m => m.Groups["id"].Value).Where(id => !id.StartsWith("InvalidRequest", StringComparison.Ordinal)).Concat(found).Distinct()];
        }
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void Of_a_row_are_those_of_the_catalogue(string parameter, string fact)
    {
        Assert.Contains(fact, HelpPage.Of("New-TtsSpeech").Words(parameter), StringComparison.Ordinal);
        Assert.Contains(fact, HelpPage.Of("Test-TtsSpeech").Words(parameter), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Of_errors_name_each(string id) =>
        Assert.Matches($@"(?<!\w){Regex.Escape(id)}(?!\w)", HelpPage.Of("about_RunwareTts").Text);

    [Fact]
    public void Of_voices_are_those_of_the_catalogue()
    {
        string table = Table().Match(HelpPage.Of("about_RunwareTts_Voices").Text).Groups["rows"].Value;
        // A description that goes on in the next line is one line again.
        string[] rows = [.. Regex.Replace(table, @"\n +", " ").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        IEnumerable<string> real = SpeechCatalog.Voices.Select(v => $"{v.Name} {v.Gender} {v.NativeLanguage}{(v.Dialect is null ? "" : $" ({v.Dialect})")} {v.Description}");
        Assert.Equal(real, rows.Select(r => Regex.Replace(r, " +", " ")));
    }

    [Fact]
    public void Of_draft_voices_are_the_words_that_steer_them()
    {
        string page = Regex.Replace(HelpPage.Of("about_RunwareTts_Offline").Text, @"\s+", " ");
        Assert.All(VoiceTrait.All, trait => Assert.Contains($"{trait.Name}{Does(trait)}: {trait.Words}, {trait.Signs} ", page, StringComparison.Ordinal));
    }

    private static string Does(VoiceTrait trait)
    {
        string[] does = [.. new[]
        {
            trait.Pitch != 0 ? FormattableString.Invariant($"pitch {trait.Pitch:+0;-0}") : "",
            trait.Pace != 1 ? FormattableString.Invariant($"pace x{trait.Pace}") : "",
            trait.Amplitude is { } amplitude ? $"loudness {amplitude}" : "",
        }.Where(d => d.Length > 0)];
        return does.Length > 0 ? $" ({string.Join(", ", does)})" : "";
    }

    [Fact]
    public void Of_languages_are_those_of_the_catalogue() =>
        Assert.Contains(
            string.Join(", ", SpeechCatalog.Languages.Select(l => l.Code is null ? l.Name : $"{l.Name} ({l.Code})")).Replace(", Italian", " and Italian", StringComparison.Ordinal),
            HelpPage.Of("about_RunwareTts_Voices").Text,
            StringComparison.Ordinal);

    [Fact]
    public void Of_prices_are_those_of_the_catalogue()
    {
        string text = HelpPage.Of("about_RunwareTts_Voices").Section("Prices");
        Assert.All(SpeechCatalog.Models, m => Assert.Contains(FormattableString.Invariant($"{m.PricePerThousandCharacters} USD for 1000 characters"), text, StringComparison.Ordinal));
        Assert.Contains(FormattableString.Invariant($"smallest price of {Limits.PriceStep} USD"), text, StringComparison.Ordinal);
    }

    private static string Rates(string format) => string.Join(", ", SpeechCatalog.FindFormat(format)!.SampleRates);

    private static string Or(IEnumerable<string> names) => $"{string.Join(", ", names.SkipLast(1))} or {names.Last()}";

    [GeneratedRegex(@"(?:new\(|\?\? )\$?""(?<id>[A-Z][A-Za-z]+(?:\.[a-z]\w+)?)""")]
    private static partial Regex ErrorId();

    [GeneratedRegex(@"(?s)## Preset voices\n\n```text\n(?<rows>.*?)```")]
    private static partial Regex Table();
}
