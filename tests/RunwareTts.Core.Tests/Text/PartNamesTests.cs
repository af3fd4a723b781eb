using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

public sealed class PartNamesTests
{
    [Fact]
    public void Are_those_of_the_file_and_sort_in_the_order_of_its_text()
    {
        PartNames names = new();
        Assert.Equal(["book-0001", "book-0002"], Ids(names, "a/book.txt", "One.\n\nTwo."));
        Assert.Equal(["Book-2-0001"], Ids(names, "b/Book.md", "One."));
        Assert.Equal(["book-2-2-0001"], Ids(names, "book-2.txt", "One."));
        Assert.Equal(["text-0001"], Ids(names, ".txt", "One."));
        Assert.Equal(["a.b-0001"], Ids(names, "a.b.txt", "One."));
    }

    [Fact]
    public void Go_on_through_the_strings_of_one_source()
    {
        PartNames names = new();
        Assert.Equal(["text-0001", "text-0002"], Ids(names, null, "One.\n\nTwo."));
        Assert.Equal(["lines-0001"], Ids(names, "lines.txt", "One."));
        Assert.Equal(["text-0003"], Ids(names, null, "Three."));
        Assert.Equal(["lines-0002"], Ids(names, "lines.txt", "Two."));
    }

    [Fact]
    public void Come_with_the_source_and_leave_the_rest_as_it_is()
    {
        TtsTextPart part = Assert.Single(TextSplitter.Split("One.", null, "de"));
        Assert.Equal(part with { Id = "book-0001", Source = "book.txt" }, Assert.Single(new PartNames().Give("book.txt", [part])));
    }

    private static IEnumerable<string?> Ids(PartNames names, string? path, string text) => [.. names.Give(path, TextSplitter.Split(text)).Select(p => p.Id)];
}
