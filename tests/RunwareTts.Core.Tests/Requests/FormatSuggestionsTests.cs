using System.Globalization;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class FormatSuggestionsTests
{
    private static readonly string?[] Bitrates = [null, "8", "24", "96", "160", "250", "320"];
    private static readonly string?[] Rates = [null, "8000", "11025", "12000", "16000", "22050", "24000", "32000", "44100", "48000"];
    private static readonly string?[] ChannelCounts = [null, "1", "2"];

    /// <summary>Every line of the table, with its format by name, by extension and by default.</summary>
    private static IEnumerable<SpeechRow> Lines =>
        from format in new SpeechRow[] { new(), new() { OutputFormat = "mp3" }, new() { OutputFormat = "OGG" }, new() { OutputPath = "out/a.ogg" }, new() { OutputFormat = "WAV" }, new() { OutputPath = "a.flac" } }
        from rate in Rates
        from channels in ChannelCounts
        from bitrate in Bitrates
        select format with { Text = "x", SampleRate = rate, Channels = channels, Bitrate = bitrate };

    [Fact]
    public void Sample_rates_are_those_and_only_those_that_the_row_reader_takes() =>
        Agree(FormatSuggestions.SampleRates, Rates, (line, rate) => line with { SampleRate = rate });

    [Fact]
    public void Channels_are_those_and_only_those_that_the_row_reader_takes() =>
        Agree(FormatSuggestions.Channels, ChannelCounts, (line, channels) => line with { Channels = channels });

    [Fact]
    public void Bitrates_are_taken_by_the_row_reader_and_reach_the_ends_of_what_it_takes()
    {
        int asked = 0;
        foreach (SpeechRow line in Lines.Where(l => l.Bitrate is null))
        {
            int[] taken = [.. Enumerable.Range(1, 400).Where(b => IsTaken(line with { Bitrate = Text(b) }))];
            int[] offered = [.. FormatSuggestions.Bitrates(line).Select(s => int.Parse(s.Value, CultureInfo.InvariantCulture))];
            if (taken.Length == 0 && IsLossy(line))
                continue;
            asked++;
            Assert.Subset(taken.ToHashSet(), offered.ToHashSet());
            Assert.Equal((taken.FirstOrDefault(), taken.LastOrDefault()), (offered.FirstOrDefault(), offered.LastOrDefault()));
        }

        Assert.InRange(asked, 80, 200);
    }

    [Theory]
    [InlineData("MP3", "44100", "2", "32 40 48 56 64 80 96 112 128 160 192 224 256 320")]
    [InlineData("MP3", "24000", "1", "8 16 24 32 40 48 56 64 80 96 112 128 144 160")]
    [InlineData("MP3", "8000", null, "8 16 24 32 40 48 56 64")]
    [InlineData("OGG", "24000", "1", "16 24 32 40 48 56 64 80")]
    [InlineData("WAV", null, null, "")]
    public void Bitrates_are_the_real_steps_of_the_encoder(string format, string? rate, string? channels, string expected) =>
        Assert.Equal(expected, string.Join(" ", FormatSuggestions.Bitrates(new SpeechRow { OutputFormat = format, SampleRate = rate, Channels = channels }).Select(s => s.Value)));

    [Fact]
    public void Tips_show_the_range_and_without_a_rate_where_a_bitrate_goes()
    {
        Assert.All(FormatSuggestions.Bitrates(new SpeechRow { OutputFormat = "OGG", SampleRate = "24000", Channels = "1" }), s => Assert.Equal("OGG 24000 Hz mono: 16 to 80 kbps", s.Tip));
        Assert.Equal("MP3 stereo: 8 to 320 kbps; 320 at 32000, 44100 or 48000 Hz", FormatSuggestions.Bitrates(new SpeechRow()).Last().Tip);
        Assert.Equal("OGG 24000 Hz stereo: 32 to 160 kbps", FormatSuggestions.SampleRates(new SpeechRow { OutputFormat = "OGG" }).Single(s => s.Value == "24000").Tip);
        Assert.Equal("OGG 24000 Hz mono: 16 to 80 kbps", FormatSuggestions.Channels(new SpeechRow { OutputFormat = "OGG", SampleRate = "24000" }).First().Tip);
    }

    [Fact]
    public void Channels_are_known_as_mono_and_stereo_too() =>
        Assert.Equal(["mono", "stereo"], FormatSuggestions.Channels(new SpeechRow()).Select(s => Assert.Single(s.Names)));

    [Theory]
    [InlineData(null, "MP3 WAV FLAC OGG")]
    [InlineData("a.ogg", "OGG")]
    [InlineData("a.m4a", "MP3 WAV FLAC OGG")]
    public void Formats_do_not_disagree_with_the_extension(string? path, string expected) =>
        Assert.Equal(expected, string.Join(" ", FormatSuggestions.OutputFormats(new SpeechRow { OutputPath = path }).Select(s => s.Value)));

    [Fact]
    public void A_cell_that_makes_no_sense_counts_as_not_given()
    {
        SpeechRow good = new() { OutputFormat = "OGG" };
        SpeechRow odd = new() { OutputFormat = "OGG", SampleRate = "44100", Channels = "7", Bitrate = "9999" };
        Assert.Equal(Values(FormatSuggestions.SampleRates(good)), Values(FormatSuggestions.SampleRates(odd)));
        Assert.Equal(Values(FormatSuggestions.Channels(good)), Values(FormatSuggestions.Channels(odd)));
        Assert.Equal(Values(FormatSuggestions.Bitrates(good)), Values(FormatSuggestions.Bitrates(odd)));
    }

    private static void Agree(Func<SpeechRow, IEnumerable<Suggestion>> suggest, string?[] all, Func<SpeechRow, string?, SpeechRow> with)
    {
        int asked = 0;
        foreach (SpeechRow line in Lines.Where(l => IsTaken(l) || !IsLossy(l)))
        {
            string[] taken = [.. all.OfType<string>().Where(value => IsTaken(with(line, value)))];
            Assert.Equal(taken, Values(suggest(line)));
            asked++;
        }

        Assert.InRange(asked, 500, 2000);
    }

    private static bool IsTaken(SpeechRow line) => RowReader.Read(line).Request is not null;

    private static bool IsLossy(SpeechRow line) => line.OutputFormat is not "WAV" && line.OutputPath is not "a.flac";

    private static string[] Values(IEnumerable<Suggestion> suggestions) => [.. suggestions.Select(s => s.Value)];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
