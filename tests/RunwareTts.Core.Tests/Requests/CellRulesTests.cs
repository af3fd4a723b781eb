using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

/// <summary>What spreadsheets, wrong encodings and PowerShell leave in cells in place of a value.</summary>
public sealed class CellRulesTests
{
    [Theory]
    [InlineData("Text")]
    [InlineData("Style")]
    [InlineData("VoiceDescription")]
    [InlineData("Id")]
    [InlineData("OutputPath")]
    public void A_lost_character_is_named_with_its_place_and_the_way_to_read_the_file(string parameter)
    {
        Problem problem = Problem(parameter, "Der Zug nach K\uFFFDln f\u00E4hrt");
        Assert.Equal(parameter, problem.Parameter);
        Assert.Contains($"{parameter} has lost a character: character 15 is U+FFFD, in 'r Zug nach K\uFFFDln", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Import-Csv -Encoding ansi (in Windows PowerShell 5.1: -Encoding Default)", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#NAME?")]
    [InlineData("#REF!")]
    [InlineData(" #VALUE! ")]
    [InlineData("#DIV/0!")]
    [InlineData("#N/A")]
    [InlineData("#SPILL!")]
    [InlineData("#WERT!")]
    [InlineData("#BEZUG!")]
    [InlineData("#NV")]
    [InlineData("#NOM?")]
    [InlineData("#VALEUR!")]
    [InlineData("#\u00A1REF!")]
    [InlineData("#\u00BFNOMBRE?")]
    [InlineData("#\u0418\u041C\u042F?")]
    [InlineData("#DZIEL/0!")]
    [InlineData("#HODNOTA!")]
    [InlineData("#ARVO!")]
    [InlineData("#N\u00C9V?")]
    [InlineData("#ERROR!")]
    [InlineData("Err:502")]
    [InlineData("err:508")]
    [InlineData("System.Object[]")]
    [InlineData("System.Collections.Hashtable")]
    [InlineData("System.Collections.Generic.List`1[System.String]")]
    [InlineData("System.Management.Automation.PSCustomObject")]
    [InlineData("@{en=Hello; de=Hallo}")]
    public void What_stands_in_place_of_a_value_is_no_value(string cell)
    {
        Assert.Contains(Words.Short(cell.Trim()), Problem("Text", cell).Message, StringComparison.Ordinal);
        Assert.Equal("Style", Problem("Style", cell).Parameter);
    }

    [Theory]
    [InlineData("We are #1!")]
    [InlineData("#REF! is an error of Excel")]
    [InlineData("System.Object[] is an array")]
    [InlineData("System failure.")]
    [InlineData("#goodnight")]
    [InlineData("Err: 502 people came.")]
    public void A_text_about_them_is_a_text(string text) => Assert.Empty(RowReader.Read(new SpeechRow { Text = text }).Problems);

    [Theory]
    [InlineData("Voice", "ry\u200Ban", "position 3: U+200B, a zero width space")]
    [InlineData("Voice", "uncle\u00A0fu", "position 6: U+00A0, a no-break space")]
    [InlineData("Language", "\uFEFFGerman", "position 1: U+FEFF, a byte order mark")]
    [InlineData("OutputFormat", "M\u00ADP3", "position 2: U+00AD, a soft hyphen")]
    [InlineData("Speed", "1\u202E.5", "position 2: U+202E")]
    [InlineData("Bitrate", "6\u001B4", "position 2: U+001B")]
    [InlineData("WebhookUrl", "https://example.org/\u200E", "position 21: U+200E, a left-to-right mark")]
    public void A_character_that_nobody_sees_is_named(string parameter, string cell, string says) =>
        Assert.Contains(says, Problem(parameter, cell).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Wait <break time=\"1s\"/> here", "SSML")]
    [InlineData("<speak>Hello</speak>", "SSML")]
    [InlineData("<prosody rate='slow'>Hello</prosody>", "SSML")]
    [InlineData("...", "no letter and no digit")]
    [InlineData("\u2014 ? !", "no letter and no digit")]
    [InlineData("\U0001F600", "no letter and no digit")]
    public void A_text_that_is_sent_and_will_disappoint_is_warned_of(string text, string says) =>
        Assert.Contains(says, Assert.Single(RowReader.Read(new SpeechRow { Text = text }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("a < b and c > d")]
    [InlineData("<b>bold</b>")]
    [InlineData("\u4F60\u597D")]
    [InlineData("5")]
    [InlineData("\u2460")]
    [InlineData("He left. <The end>")]
    public void Any_other_text_is_not(string text) => Assert.Empty(RowReader.Read(new SpeechRow { Text = text }).Warnings);

    [Theory]
    [InlineData("vivien", "'vivian'")]
    [InlineData("Ryn", "'ryan'")]
    [InlineData("anna", "'ono_anna'")]
    public void A_misspelt_voice_suggests_the_near_one(string voice, string near) =>
        Assert.Contains($"Did you mean {near}?", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", Voice = voice }).Warnings), StringComparison.Ordinal);

    [Fact]
    public void A_strange_voice_suggests_none() =>
        Assert.DoesNotContain("Did you mean", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", Voice = "montgomery" }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("Germn", "'German'")]
    [InlineData("Deutch", "'German'")]
    [InlineData("Englsh", "'English'")]
    public void A_misspelt_language_suggests_the_near_one(string language, string near) =>
        Assert.Contains($"Did you mean {near}?", Problem("Language", language).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Deutsch", "German")]
    [InlineData("fran\u00E7ais", "French")]
    [InlineData("\u65E5\u672C\u8A9E", "Japanese")]
    [InlineData("espa\u00F1ol", "Spanish")]
    [InlineData("\u0420\u0443\u0441\u0441\u043A\u0438\u0439", "Russian")]
    [InlineData("Italiano", "Italian")]
    [InlineData("portugu\u00EAs", "Portuguese")]
    [InlineData("\uD55C\uAD6D\uC5B4", "Korean")]
    [InlineData("\u4E2D\u6587", "Chinese")]
    public void A_language_is_known_by_its_own_name(string name, string language) =>
        Assert.Equal(language, RowReader.Read(new SpeechRow { Text = "x", Language = name }).Request!.Language);

    [Fact]
    public void A_language_that_no_voice_is_native_in_is_spoken_by_all()
    {
        Assert.Contains("No preset voice is native in German, but all 9 speak it", SpeechCatalog.CautionFor("de"), StringComparison.Ordinal);
        Assert.All(new[] { null, "Auto", "en", "Chinese", "Klingon" }, language => Assert.Null(SpeechCatalog.CautionFor(language)));
    }

    [Fact]
    public void A_column_of_decimal_commas_is_mended_in_one_line()
    {
        SpeechRow row = new() { Text = "x", Speed = "1,5" };
        Assert.Contains("ForEach-Object { $_.Speed = $_.Speed -replace ',', '.'; $_ }", Assert.Single(RowReader.Read(row with { Columns = ["Text", "Speed"] }).Problems).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ForEach-Object", Assert.Single(RowReader.Read(row).Problems).Message, StringComparison.Ordinal);
    }

    private static Problem Problem(string parameter, string cell)
    {
        SpeechRow row = new() { Text = "Hello" };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(row, cell);
        return RowReader.Read(row).Problems.First(p => p.Parameter == parameter);
    }
}
