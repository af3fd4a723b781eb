using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Catalog;

public sealed class TtsFormatTests
{
    [Fact]
    public void The_table_has_28_rows_and_one_for_each_lossless_format()
    {
        Assert.Equal(18, SpeechCatalog.FormatRows.Count(f => f.OutputFormat == "MP3"));
        Assert.Equal(10, SpeechCatalog.FormatRows.Count(f => f.OutputFormat == "OGG"));
        Assert.Equal(["FLAC", "WAV"], SpeechCatalog.FormatRows.Where(f => f.MinBitrate is null).Select(f => f.OutputFormat).Order());
        Assert.Equal(30, SpeechCatalog.FormatRows.Count);
        Assert.Equal(30, SpeechCatalog.FormatRows.Select(f => f.ToString()).Distinct().Count());
    }

    [Fact]
    public void Its_ends_are_the_ends_of_what_a_row_may_ask_for()
    {
        foreach (TtsFormat row in SpeechCatalog.FormatRows.Where(f => f.MinBitrate is not null))
        {
            Assert.True(IsTaken(row, row.MinBitrate!.Value) && IsTaken(row, row.MaxBitrate!.Value), row.ToString());
            Assert.False(IsTaken(row, row.MinBitrate.Value - 1) || IsTaken(row, row.MaxBitrate.Value + 1), row.ToString());
        }
    }

    [Fact]
    public void The_bitrates_worth_choosing_lie_in_the_range_and_reach_both_ends() =>
        Assert.All(SpeechCatalog.FormatRows.Where(f => f.MinBitrate is not null), row =>
        {
            Assert.Equal((row.MinBitrate, row.MaxBitrate), (row.Bitrates[0], row.Bitrates[^1]));
            Assert.Equal(row.Bitrates.Distinct().Order(), row.Bitrates);
        });

    /// <summary>The catalogue's steps against what the four bytes of a frame can say.</summary>
    [Fact]
    public void Those_of_MP3_are_the_ones_that_a_frame_can_have()
    {
        ILookup<int, int> ofFrames = AllHeaders().ToLookup(h => h.SampleRate, h => h.Bitrate);
        Assert.All(SpeechCatalog.FormatRows.Where(f => f.OutputFormat == "MP3"), row =>
            Assert.Equal(ofFrames[row.SampleRate!.Value].Distinct().Order().Where(b => b >= row.MinBitrate && b <= row.MaxBitrate), row.Bitrates));
    }

    [Theory]
    [InlineData(null, null, 30)]
    [InlineData(" ", "", 30)]
    [InlineData("44100", null, 2)]
    [InlineData("24000", "1", 2)]
    [InlineData(null, "2", 14)]
    public void Rows_are_found_by_rate_and_channels_and_blank_means_any(string? rate, string? channels, int count) =>
        Assert.Equal(count, FormatRules.Find(rate, channels).Count);

    [Theory]
    [InlineData("44000", null, "InvalidRequest.SampleRate", "44000 Hz.*8000, 11025.*48000")]
    [InlineData("44.1kHz", null, "InvalidRequest.SampleRate", "'44.1kHz'.*Write 44100")]
    [InlineData(null, "3", "InvalidRequest.Channels", "Channels 3.*1 for mono or 2 for stereo")]
    [InlineData(null, "mono", "InvalidRequest.Channels", "'mono'.*1 for mono or 2 for stereo")]
    public void What_no_format_has_is_refused(string? rate, string? channels, string id, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => FormatRules.Find(rate, channels));
        Assert.Equal(id, error.ErrorId);
        Assert.Matches(says, error.Message);
    }

    [Fact]
    public void A_language_knows_the_voices_that_know_it() =>
        Assert.All(SpeechCatalog.Voices, voice => Assert.Contains(voice.Name, SpeechCatalog.Languages.Single(l => l.Name == voice.NativeLanguage).NativeVoices));

    private static bool IsTaken(TtsFormat row, int bitrate) => RowReader.Read(new SpeechRow
    {
        Text = "x",
        OutputFormat = row.OutputFormat,
        SampleRate = Text(row.SampleRate!.Value),
        Channels = Text(row.Channels!.Value),
        Bitrate = Text(bitrate),
    }).Request is not null;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Mp3FrameHeader> AllHeaders()
    {
        for (int second = 0xE0; second <= 0xFF; second++)
        {
            for (int third = 0; third <= 0xFF; third++)
            {
                if (Mp3FrameHeader.TryParse([0xFF, (byte)second, (byte)third, 0], out Mp3FrameHeader header))
                    yield return header;
            }
        }
    }
}
