using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

/// <summary>Which lines of a text are its chapters.</summary>
public sealed class HeadingsTests
{
    [Theory]
    [InlineData("CHAPTER 1")]
    [InlineData("Chapter IV. The Road")]
    [InlineData("CHAPTER ONE")]
    [InlineData("Part 2: Home")]
    [InlineData("Kapitel 3")]
    [InlineData("3. Kapitel")]
    [InlineData("Erstes Kapitel")]
    [InlineData("Chapitre premier")]
    [InlineData("Capítulo 5 - La casa")]
    [InlineData("Capitolo 1")]
    [InlineData("Глава 12")]
    [InlineData("Глава первая")]
    [InlineData("第一章")]
    [InlineData("第12章 山路")]
    [InlineData("第三話")]
    [InlineData("제1장")]
    [InlineData("Prologue")]
    [InlineData("序章")]
    public void A_line_that_stands_alone_and_names_a_chapter_is_one(string line)
    {
        Assert.Equal(line, Assert.Single(Headings.Find($"{line}\r\n\r\nIt was late.\n\nAnd dark.")).Title);
        Assert.Equal(line, Assert.Single(Headings.Find($"It was late.\n\n  {line}  ")).Title);
        Assert.Empty(Headings.Find($"It was late, as in\n{line}\nand elsewhere."));
    }

    [Theory]
    [InlineData("# The road", "The road")]
    [InlineData("### 2. Home ###", "2. Home")]
    public void A_heading_of_Markdown_is_one_wherever_it_stands(string line, string title) =>
        Assert.Equal(title, Assert.Single(Headings.Find($"It was late.\n{line}\nAnd dark.")).Title);

    [Theory]
    [InlineData("It was late.")]
    [InlineData("Chapter")]
    [InlineData("In chapter 3 he dies.")]
    [InlineData("Part of the problem was the rain.")]
    [InlineData("# ")]
    [InlineData("#hashtag")]
    [InlineData("12")]
    [InlineData("第一次见面")]
    public void Other_lines_are_text(string line) => Assert.Empty(Headings.Find($"{line}\n\nMore."));

    [Fact]
    public void A_heading_that_is_no_part_or_runs_on_hides_none_after_it()
    {
        const string text = "# ***x\n\nOne.\n\n# 三\n昨日は雨。\n\n第二章　山路\n\n二。\f第三章\r\n\r\n三。";
        string[] parts = [.. TextSplitter.Split(text).Select(p => p.Text).Skip(1)];
        Assert.Equal([null, "三", "第二章 山路", "第三章", "第三章"], Headings.TitlesOf(text, parts).Cast<object?>());
    }

    [Fact]
    public void A_part_stands_under_the_last_heading_before_or_in_it()
    {
        const string text = "Before.\n\nCHAPTER 1\n\nOne. See CHAPTER 12.\n\nTwo.\n\n# Three\nIt was late.\n\nCHAPTER 1\n\nEnd.";
        string[] parts = [.. TextSplitter.Split(text).Select(p => p.Text)];
        Assert.Equal(["Before.", "CHAPTER 1", "One. See CHAPTER 12.", "Two.", "# Three It was late.", "CHAPTER 1", "End."], parts);
        string?[] expected = [null, "CHAPTER 1", "CHAPTER 1", "CHAPTER 1", "Three", "CHAPTER 1", "CHAPTER 1"];
        Assert.Equal<IEnumerable<string?>>(expected, Headings.TitlesOf(text, parts));
    }
}
