using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

public sealed class TextSplitterTests
{
    [Fact]
    public void What_fits_is_one_part()
    {
        TtsTextPart part = Assert.Single(TextSplitter.Split("One. Two. Three."));
        Assert.Equal(("One. Two. Three.", 1, 16, true, null, null), (part.Text, part.Index, part.Characters, part.EndsParagraph, part.Language, part.Source));
    }

    /// <summary>Pieces, with ¶ where a paragraph ends.</summary>
    [Theory]
    [InlineData("It was late\n12\n\fand nobody came.", "It was late and nobody came.¶")]
    [InlineData("It was late\r\n12\r\n\fand nobody came.", "It was late and nobody came.¶")]
    [InlineData("It was late.\n\n- 3 -\n\n\fNobody came.\n\n- 4 -\n", "It was late.¶|Nobody came.¶")]
    [InlineData("One.\n\f Page 3 of 10 \nTwo.\n\fPage 4 of 10\fThree.", "One.¶|Two.¶|Three.¶")]
    [InlineData("One.\n\fPAGE 3\fTwo.\fxii\nThree.", "One.¶|Two. Three.¶")]
    [InlineData("Eins.\nSeite 3 von 10\n\fZwei.", "Eins.¶|Zwei.¶")]
    [InlineData("Un.\n3 / 10\n\fDeux.\n[4]\n\fTrois.", "Un.¶|Deux.¶|Trois.¶")]
    [InlineData("一。\n第3页\n\f二。\n第 4 页 共 10 页\n\f三。", "一。¶|二。¶|三。¶")]
    [InlineData("一。\n4ページ\n\f하나.\n5쪽\n\fДа.\nСтр. 6\n\fSí.\nPágina 7 de 9", "一。¶|하나.¶|Да.¶|Sí.¶")]
    // Numbers that are no pages, and pages without form feeds, are text.
    [InlineData("It was\n12\nand late.", "It was 12 and late.¶")]
    [InlineData("One.\n\fI\nTwo.", "One.¶|I Two.¶")]
    [InlineData("In room 12\f13 came.", "In room 12 13 came.¶")]
    [InlineData("One.\n12\nTwo.\fThree.", "One. 12 Two. Three.¶")]
    [InlineData("One.\fTwo.\n12", "One. Two. 12¶")]
    [InlineData("One.\fillicit\nTwo.\f3.14\nThree.", "One. illicit Two. 3.14 Three.¶")]
    public void Page_numbers_next_to_form_feeds_are_left_out(string text, string parts) => Assert.Equal(parts, Show(text, 2000));

    [Theory]
    [InlineData(20, "One two. Three four. Five six.", "One two. Three four.|Five six.¶")]
    [InlineData(19, "One two. Three four. Five six.", "One two.|Three four.|Five six.¶")]
    [InlineData(20, "A short one. And, then, a longer sentence.", "A short one.|And, then,|a longer sentence.¶")]
    [InlineData(12, "Words without any mark go by blanks", "Words|without any|mark go by|blanks¶")]
    [InlineData(9, "It is 1.5 km to St. Paul", "It|is 1.5 km|to|St. Paul¶")]
    [InlineData(8, "Well-known incomprehensibilities.", "Well-kno|wn|incompre|hensibil|ities.¶")]
    [InlineData(5, "三点一四。一二三四五六七八。", "三点一四。|一二三四五|六七八。¶")]
    [InlineData(4, "🇩🇪🇫🇷🇯🇵🇰🇷", "🇩🇪🇫🇷|🇯🇵🇰🇷¶")]
    [InlineData(3, "👨‍👩‍👧‍👦a", "👨‍👩|👧‍👦|a¶")]
    [InlineData(1, "ab c", "a|b|c¶")]
    [InlineData(1, "𝒳𝒴", "𝒳|𝒴¶")]
    public void Cuts_as_late_and_as_well_as_the_length_allows(int maxLength, string text, string parts) => Assert.Equal(parts, Show(text, maxLength));

    [Theory]
    [InlineData("One.\n\nTwo.", "One.¶|Two.¶")]
    [InlineData("One.\r\n \t\r\nTwo.", "One.¶|Two.¶")]
    [InlineData("One.\r\rTwo.", "One.¶|Two.¶")]
    [InlineData("One.\u2029Two.", "One.¶|Two.¶")]
    [InlineData("  \n\n One.  \n\n\n\n", "One.¶")]
    [InlineData("A line\nand its\r\nnext one\u2028and\u0085more", "A line and its next one and more¶")]
    [InlineData("two  blanks,\ta tab,\fa page", "two blanks, a tab, a page¶")]
    [InlineData("5\u00A0km\u00A0 far,\u3000wide", "5\u00A0km far,\u3000wide¶")]
    [InlineData("他走了，\n她也\r\n走了。“好。”\n他说", "他走了，她也走了。“好。”他说¶")]
    [InlineData("用\nPython\n写", "用 Python 写¶")]
    [InlineData("오늘은\n날씨가", "오늘은 날씨가¶")]
    [InlineData("a well-\nknown exam\u00AD\nple -\nand I-\nBeam", "a well-known exam\u00ADple - and I- Beam¶")]
    [InlineData("\u200B\u200D\n\n\u0001", "")]
    [InlineData("", "")]
    [InlineData(" \n\t\u3000\n", "")]
    public void Takes_blank_lines_for_paragraphs_and_line_breaks_for_blanks(string text, string parts) => Assert.Equal(parts, Show(text, null));

    /// <summary>Not every text has blank lines: paragraphs may be lines, or begin further in.</summary>
    [Theory]
    [InlineData("Chapter One\n{long} end.\nThe next.", "Chapter One¶|{long} end.¶|The next.¶")]
    [InlineData("第一章\n　　他走了\n　　她也走了", "第一章¶|他走了¶|她也走了¶")]
    [InlineData("He left\nat once.\n  She did\nnot.\n  They", "He left at once.¶|She did not.¶|They¶")]
    [InlineData("  How doth the little\n    improve his tail,\n  and pour", "How doth the little improve his tail, and pour¶")]
    [InlineData("Elle sourit.\n— Oui.\n— Non ?\n– Si", "Elle sourit.¶|— Oui.¶|— Non ?¶|– Si¶")]
    [InlineData("a range\n- and more", "a range - and more¶")]
    public void Knows_paragraphs_without_blank_lines(string text, string parts)
    {
        string line = string.Join(' ', Enumerable.Repeat("word", 31));
        Assert.Equal(parts.Replace("{long}", line, StringComparison.Ordinal), Show(text.Replace("{long}", line, StringComparison.Ordinal), null));
    }

    [Fact]
    public void Keeps_what_cannot_be_sent_for_New_TtsSpeech_to_refuse() =>
        Assert.Equal("a\0b \ud83d c\udc00|\u0007 d¶", Show("a\0b \ud83d c\udc00 \u0007 d", 9));

    [Fact]
    public void Counts_as_the_service_does()
    {
        string emoji = string.Concat(Enumerable.Repeat("😀", 2000));
        Assert.Equal(2000, Assert.Single(TextSplitter.Split(emoji)).Characters);
        Assert.Equal([2000, 1], TextSplitter.Split(emoji + "😀").Select(p => p.Characters));
    }

    [Theory]
    [InlineData("de", "German")]
    [InlineData("de-AT", "German")]
    [InlineData("GERMAN", "German")]
    [InlineData("auto", null)]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void Says_the_language_as_a_row_has_it(string? given, string? language) =>
        Assert.Equal(language, Assert.Single(TextSplitter.Split("x", null, given)).Language);

    [Fact]
    public void Goes_by_the_abbreviations_of_its_language()
    {
        const string Text = "Das gilt bzw. Es gilt ecc. Ende.";
        Assert.Equal("Das gilt bzw. Es gilt ecc.|Ende.¶", Show(Text, 26, "German"));
        Assert.Equal("Das gilt bzw.|Es gilt ecc. Ende.¶", Show(Text, 26, "Italian"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2001)]
    public void Refuses_a_length_that_cannot_be_sent(int maxLength)
    {
        TtsException error = Assert.Throws<TtsException>(() => TextSplitter.Split("x", maxLength));
        Assert.Equal(("InvalidRequest.MaxLength", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains($"{maxLength} is outside 1 to {SpeechCatalog.Limits.MaxTextLength}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_language_that_nobody_speaks() =>
        Assert.Equal("InvalidRequest.Language", Assert.Throws<TtsException>(() => TextSplitter.Split("x", null, "Klingon")).ErrorId);

    [Fact]
    public void The_catalogue_has_abbreviations_of_every_language_and_each_once()
    {
        Assert.Equal(SpeechCatalog.Languages.Select(l => l.Name).Skip(1), SpeechCatalog.Abbreviations.Keys);
        Assert.All(SpeechCatalog.Abbreviations.Values, words =>
        {
            Assert.Distinct(words, StringComparer.OrdinalIgnoreCase);
            Assert.All(words, word => Assert.True(word.Length > 1 && word.All(char.IsLetter) && word.IsNormalized(NormalizationForm.FormC), word));
        });
    }

    private static string Show(string text, int? maxLength, string? language = null) =>
        string.Join('|', TextSplitter.Split(text, maxLength, language).Select(p => p.Text + (p.EndsParagraph ? "¶" : "")));
}
