using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

public sealed class StreamingTests
{
    private const int Long = 500_000;

    // Two windows of a part and a buffer.
    private const int Held = 16_000;

    public static TheoryData<string, int> Patterns => new()
    {
        { "A sentence of some words, as they are. ", 2000 },
        { "one long paragraph without any mark ", 2000 },
        { "x", 2000 },
        { "天", 2000 },
        { "天地玄黄，宇宙洪荒。", 100 },
        { "🇩🇪", 2000 },
        { "e\u0301\u0302", 100 },
        { "\u0301", 2000 },
        { "\u200D", 2000 },
        { "\" » ( ", 2000 },
        { "a” ", 2000 },
        { "... ", 2000 },
        { "—", 2000 },
        { "。」", 2000 },
        { "1 ", 2000 },
        { "A. ", 2000 },
        { "line of a poem\n", 2000 },
        { "word ", 1 },
    };

    /// <summary>However it is made, a paragraph without an end is cut as it comes, and all of it is there.</summary>
    [Theory]
    [MemberData(nameof(Patterns))]
    public void Memory_is_that_of_a_part(string pattern, int maxLength)
    {
        long length = pattern.Length * (Long / pattern.Length);
        EndlessText text = new(pattern, length);
        long given = 0;
        long most = 0;
        foreach (TtsTextPart part in TextSplitter.Split(text, maxLength))
        {
            Assert.InRange(part.Characters, 1, maxLength);
            given += part.Text.Count(c => !char.IsWhiteSpace(c));
            most = Math.Max(most, text.Taken - given * pattern.Length / Math.Max(1, pattern.Count(c => !char.IsWhiteSpace(c))));
        }

        Assert.Equal(pattern == "\u200D" ? 0 : length / pattern.Length * pattern.Count(c => !char.IsWhiteSpace(c)), given);
        Assert.InRange(most, 0, Held);
    }

    [Fact]
    public void Blanks_without_an_end_are_passed_over()
    {
        EndlessText blanks = new(" \t\n", 20 * Long);
        Assert.Empty(TextSplitter.Split(blanks));
        Assert.Equal(20 * Long, blanks.Taken);
    }

    [Fact]
    public void Nothing_is_read_before_it_is_asked_for()
    {
        EndlessText text = new("A sentence. ", long.MaxValue);
        IEnumerable<TtsTextPart> parts = TextSplitter.Split(text);
        Assert.Equal(0, text.Taken);
        Assert.Equal(5, parts.Take(5).Count());
        Assert.InRange(text.Taken, 5 * 1900, (5 * 2000) + Held);
    }
}
