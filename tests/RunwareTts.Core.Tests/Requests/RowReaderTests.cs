using System.Globalization;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class RowReaderTests
{
    private static readonly SpeechRow Good = new() { Text = "Hello" };

    [Fact]
    public void A_text_alone_is_a_request_with_the_defaults_of_the_pages()
    {
        SpeechRequest request = Read(Good);
        Assert.Equal("alibaba:qwen@3-tts-1.7b-customvoice", request.Model);
        Assert.Equal("auto", request.Voice);
        Assert.Equal("MP3", request.OutputFormat);
        Assert.Equal(1, request.NumberResults);
        Assert.Null(request.Speed);
        Assert.Null(request.Bitrate);
        Assert.Null(request.Language);
    }

    [Fact]
    public void Blank_cells_are_not_given()
    {
        SpeechRow row = new()
        {
            Text = "Hello", Id = " ", Model = "", Voice = "", Style = " ", VoiceDescription = "", Language = "\t", Speed = "", OutputFormat = "",
            Bitrate = " ", SampleRate = "", Channels = "", OutputPath = "", NumberResults = "", MaxNewTokens = "", OutputType = "", Ttl = "", WebhookUrl = "", UploadEndpoint = "",
        };
        Assert.Equal(Read(Good), Read(row));
    }

    [Theory]
    [InlineData("Speed", "0,3", "Write 0.3")]
    [InlineData("Speed", "abc", "not a number")]
    [InlineData("Speed", "NaN", "not a number")]
    [InlineData("Speed", "1.5x", "Write 1.5")]
    [InlineData("Speed", "150%", "Write 1.5.")]
    [InlineData("Speed", "0.24", "0.25 to 4")]
    [InlineData("Speed", "4.01", "0.25 to 4. 1 is the usual pace")]
    [InlineData("Speed", "1.005", "step of 0.01")]
    [InlineData("Speed", "-1", "0.25 to 4")]
    [InlineData("Speed", "1e400", "not a number")]
    [InlineData("Bitrate", "abc", "not a whole number of kbps. Write digits only, such as 128")]
    [InlineData("Bitrate", "-", "not a whole number of kbps")]
    [InlineData("Bitrate", "64kb", "Write 64")]
    [InlineData("Bitrate", "64 kbps", "Write 64")]
    [InlineData("Bitrate", "0", "8 to 320")]
    [InlineData("Bitrate", "64.0", "Write 64")]
    [InlineData("Bitrate", "99999999999", "too great for a whole number of kbps. Write digits only, such as 128")]
    [InlineData("SampleRate", "24kHz", "Write 24000")]
    [InlineData("SampleRate", "44.1", "Write 44100")]
    [InlineData("SampleRate", "24,000", "digits only")]
    [InlineData("SampleRate", "24.000", "digits only")]
    [InlineData("SampleRate", "24001", "24000")]
    [InlineData("Channels", "3", "1 for mono or 2 for stereo")]
    [InlineData("Channels", "0", "1 for mono or 2 for stereo")]
    [InlineData("Channels", "stereo", "1 for mono or 2 for stereo")]
    [InlineData("NumberResults", "0", "1 to 20 for CustomVoice. Leave it out")]
    [InlineData("NumberResults", "21", "1 to 20 for CustomVoice. Ask for more in further rows")]
    [InlineData("MaxNewTokens", "0", "below 1")]
    [InlineData("Ttl", "59", "below 60 seconds. Give 60 or more")]
    [InlineData("Ttl", "1h", "not a whole number of seconds")]
    [InlineData("Language", "Klingon", "Auto, English")]
    [InlineData("Model", "CustomVoic", "CustomVoice, VoiceDesign")]
    [InlineData("OutputFormat", "AAC", "MP3, WAV, FLAC, OGG")]
    [InlineData("OutputType", "file", "URL, base64Data, dataURI. It is how")]
    [InlineData("OutputPath", "a.m4a", ".mp3")]
    [InlineData("WebhookUrl", "example.com", "absolute http")]
    [InlineData("UploadEndpoint", "ftp://example.com/x", "absolute http")]
    public void A_bad_cell_is_named_with_its_value_and_what_is_allowed(string parameter, string value, string says)
    {
        Problem problem = Assert.Single(RowReader.Read(With(Good, parameter, value)).Problems);
        Assert.Equal(parameter, problem.Parameter);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        if (parameter is not ("WebhookUrl" or "UploadEndpoint"))
            Assert.Contains(value, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1", "1")]
    [InlineData(" 1.25 ", "1.25")]
    [InlineData(".5", "0.5")]
    [InlineData("4", "4")]
    [InlineData("0.25", "0.25")]
    public void Speed_loses_floating_dust_and_keeps_its_value(string cell, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Read(Good with { Speed = cell }).Speed);

    [Fact]
    public void Cells_are_read_alike_in_a_culture_with_a_decimal_comma()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(1.25m, Read(Good with { Speed = "1.25" }).Speed);
            Problem problem = Assert.Single(RowReader.Read(Good with { Speed = "4.01" }).Problems);
            Assert.Contains("0.25 to 4", problem.Message, StringComparison.Ordinal);
            Assert.Contains("4.01", problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("english", "English")]
    [InlineData("EN", "English")]
    [InlineData("de-DE", "German")]
    [InlineData("pt_BR", "Portuguese")]
    [InlineData("zh-Hans-CN", "Chinese")]
    [InlineData("auto", "Auto")]
    public void Languages_are_known_by_name_and_code(string cell, string sent) => Assert.Equal(sent, Read(Good with { Language = cell }).Language);

    [Fact]
    public void Text_is_counted_in_code_points()
    {
        string emoji = char.ConvertFromUtf32(0x1F600);
        Assert.Equal(2000, Read(Good with { Text = string.Concat(Enumerable.Repeat(emoji, 2000)) }).TextLength);
        Problem problem = Assert.Single(RowReader.Read(Good with { Text = string.Concat(Enumerable.Repeat(emoji, 2001)) }).Problems);
        Assert.Contains("2001 characters; allowed are 1 to 2000", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"begins '{string.Concat(Enumerable.Repeat(emoji, 20))}...'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\u200b\ufeff\u2060")]
    public void A_row_needs_a_text(string? text) => Assert.Equal("Text", Assert.Single(RowReader.Read(new SpeechRow { Text = text }).Problems).Parameter);

    [Fact]
    public void Half_a_character_is_not_sent() =>
        Assert.Contains("position 3", Assert.Single(RowReader.Read(new SpeechRow { Text = "ab\ud83d" }).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Style")]
    [InlineData("Voice")]
    [InlineData("Id")]
    [InlineData("VoiceDescription")]
    [InlineData("OutputPath")]
    public void Half_a_character_is_not_sent_in_any_cell(string parameter)
    {
        Assert.Equal(parameter, Assert.Single(RowReader.Read(With(Good, parameter, "x\ud800")).Problems).Parameter);
        Assert.Equal(parameter, Assert.Single(RowReader.Read(With(Good, parameter, "x\0")).Problems).Parameter);
    }

    [Fact]
    public void The_cells_that_are_checked_are_all_that_a_row_has() =>
        Assert.Equal(
            typeof(SpeechRow).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => p.Name).Order(),
            RowField.All.Select(f => f.Name).Order());

    [Fact]
    public void A_row_without_a_text_tells_its_columns() =>
        Assert.Contains("a column Text (or Script or Content); it has 'Id', 'Txt'", Assert.Single(RowReader.Read(new SpeechRow { Columns = ["Id", "Txt"] }).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void All_problems_of_a_row_are_found_at_once() =>
        Assert.Equal(["Text", "OutputFormat", "Language", "Speed"], RowReader.Read(new SpeechRow { Speed = "9", Language = "x", OutputFormat = "AAC" }).Problems.Select(p => p.Parameter));

    private static SpeechRequest Read(SpeechRow row)
    {
        RowReading reading = RowReader.Read(row);
        Assert.Empty(reading.Problems);
        return reading.Request!;
    }

    private static SpeechRow With(SpeechRow row, string parameter, string value)
    {
        SpeechRow copy = row with { };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(copy, value);
        return copy;
    }
}
