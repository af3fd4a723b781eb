using RunwareTts.Files;
using RunwareTts.Text;

namespace RunwareTts.Tests.Files;

/// <summary>Files that a wildcard finds are joined in the order of their text, however many there are.</summary>
public sealed class NumberedNamesTests
{
    [Fact]
    public void Parts_past_9999_come_after_those_before()
    {
        TtsTextPart part = new() { Text = "a", Index = 1, Characters = 1, EndsParagraph = true };
        string[] names = [.. new PartNames().Give("/texts/book.txt", Enumerable.Repeat(part, 10_100)).Select(p => $"/out/{p.Id}.mp3")];
        string[] found = [.. names.OrderBy(n => n, StringComparer.Ordinal)];
        Assert.NotEqual(names, found);
        Assert.Equal(names, found.OrderBy(n => n, NumberedNames.Order));
    }

    [Theory]
    [InlineData("book-0001.mp3", "book-0002.mp3", "book-2-0001.mp3", "book-2-0002.mp3")]
    [InlineData("0001-ryan.mp3", "9999-ryan.mp3", "10000-aiden.mp3")]
    [InlineData("gate-1.mp3", "gate-2.mp3", "gate-10.mp3", "gate-20.mp3")]
    [InlineData("A-0001.mp3", "a-0002.mp3", "B-0001.mp3")]
    [InlineData("x-99999999999999999998.mp3", "x-99999999999999999999.mp3")]
    public void Numbers_go_by_value_and_books_stay_together(params string[] names)
    {
        Assert.Equal(names, names.Reverse().OrderBy(n => n, NumberedNames.Order));
    }
}
