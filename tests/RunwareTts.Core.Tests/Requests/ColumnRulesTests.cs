using System.Reflection;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

/// <summary>A column that is nearly one of ours would be left out by PowerShell without a word; all others are the user's own.</summary>
public sealed class ColumnRulesTests
{
    public static TheoryData<string> OwnColumns =>
    [
        "Notes", "Speaker2", "Texture", "Mode", "Seed", "Speech", "Spoken", "Choice", "Invoice", "Comment", "File Name", "Category", "Rate", "Pitch",
        "Emotion", "Modified", "Character", "Chapter", "OutputDate", "Output", "Model Year", "Date", "Translation", "Number", "Key",
        "Spend", "Speedy", "Modem", "Modal", "Stile", "Voiced",
        .. new[] { typeof(TtsSpeech), typeof(TtsTask), typeof(TtsLedgerEntry), typeof(TtsTextPart), typeof(TtsValidation), typeof(TtsJoinedSpeech), typeof(TtsFormat), typeof(TtsVoice), typeof(TtsModel), typeof(TtsLanguage), typeof(FileInfo) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(property => property.Name).Distinct(),
    ];

    [Theory]
    [InlineData("voice_description", "VoiceDescription")]
    [InlineData("Voice Description", "VoiceDescription")]
    [InlineData("output_path", "OutputPath")]
    [InlineData("output-path", "OutputPath")]
    [InlineData("Vocie", "Voice")]
    [InlineData("Voices", "Voice")]
    [InlineData("Sytle", "Style")]
    [InlineData("Modell", "Model")]
    [InlineData("Langauge", "Language")]
    [InlineData("Sample Rate", "SampleRate")]
    [InlineData("sample_rate", "SampleRate")]
    [InlineData("Bitrat", "Bitrate")]
    [InlineData("VoiceDescripton", "VoiceDescription")]
    [InlineData("max_new_tokens", "MaxNewTokens")]
    [InlineData("Voice ", "Voice")]
    [InlineData("Script ", "Script")]
    [InlineData("Lang\u200B", "Lang")]
    [InlineData("voice_id", "VoiceId")]
    public void A_column_that_is_nearly_ours_is_refused_by_name(string column, string right)
    {
        Problem problem = Check(column == "Script " ? [column] : ["Text", column])!;
        Assert.Contains($"'{column}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"Rename it to '{right}'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OwnColumns))]
    public void Any_other_column_is_left_alone(string column) => Assert.Null(Check("Text", column));

    [Fact]
    public void A_column_is_left_alone_beside_the_right_one() => Assert.Null(Check("Text", "Voice", "Voices", "voice_id"));

    [Theory]
    [InlineData("Id;Text;Voice", "-Delimiter ';', or Import-Csv -UseCulture")]
    [InlineData("Id\tText", "-Delimiter \"`t\"")]
    [InlineData("Nummer;Satz", "-Delimiter ';'")]
    [InlineData("Id,Text", "-Delimiter ','")]
    [InlineData("sep=;", "Select-Object -Skip 1")]
    [InlineData("sep=", "'sep=', which tells Excel")]
    [InlineData("T\0e\0x\0t\0", "-Encoding unicode")]
    public void A_wrong_delimiter_is_told_with_the_right_one(string column, string says) =>
        Assert.Contains(says, Check(column)!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_delimiter_is_told_where_a_header_has_commas_too() =>
        Assert.Contains("-Delimiter ';'", Check("Id;Text;Notes", "further notes")!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_of_its_own_needs_no_other_delimiter() => Assert.Null(Check("Text", "a;b"));

    private static Problem? Check(params string[] columns) => new ColumnRules().Check(columns);
}
