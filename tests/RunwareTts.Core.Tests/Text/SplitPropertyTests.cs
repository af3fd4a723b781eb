using System.Globalization;
using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

/// <summary>What holds for every text, whatever is in it.</summary>
public sealed class SplitPropertyTests
{
    private const int LongestCluster = 12;

    [Theory]
    [InlineData(0, 60)]
    public void Every_text_is_cut_into_parts_that_hold_all_of_it(int from, int count) => CheckSeeds(from, count);

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData(60, 940)]
    public void And_so_are_very_many(int from, int count) => CheckSeeds(from, count);

    private static void CheckSeeds(int from, int count)
    {
        for (int seed = from; seed < from + count; seed++)
        {
            bool isSpoken = seed % 2 == 0;
            RandomText random = new(seed, isSpoken);
            string text = random.Make(random.Next(0, 400));
            int maxLength = seed % 3 == 0 ? random.Next(1, 12) : random.Next(1, 2000);
            try
            {
                Check(text, maxLength, isSpoken);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, MaxLength {maxLength}: {text}", e);
            }
        }
    }

    private static void Check(string text, int maxLength, bool isSpoken)
    {
        TtsTextPart[] parts = [.. TextSplitter.Split(text, maxLength)];

        string all = string.Concat(parts.Select(p => p.Text));
        Assert.Equal(Visible(text), Visible(all));
        // A joiner that is cut out of a cluster is nothing to speak.
        if (isSpoken && maxLength > LongestCluster)
            Assert.Equal(WithoutBlanks(text), WithoutBlanks(all));
        Assert.Equal(Enumerable.Range(1, parts.Length), parts.Select(p => p.Index));
        Assert.Equal(parts, TextSplitter.Split(new Drip(text), maxLength));
        Assert.True(parts.Length == 0 || parts[^1].EndsParagraph);
        Assert.All(parts, part =>
        {
            Assert.Equal(part.Text.EnumerateRunes().Count(), part.Characters);
            Assert.InRange(part.Characters, 1, maxLength);
            Assert.Equal(part.Text.Trim(), part.Text);
            Assert.DoesNotContain(part.Text, c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085');
            Assert.NotEmpty(Visible(part.Text));
            Assert.Equal(part with { Index = 1, EndsParagraph = true }, Assert.Single(TextSplitter.Split(part.Text, maxLength)));
        });
        ParagraphReader paragraphs = new(PageReader.Read(new StringReader(text)));
        IEnumerator<TtsTextPart> next = ((IEnumerable<TtsTextPart>)parts).GetEnumerator();
        while (paragraphs.Fill(int.MaxValue))
        {
            string paragraph = paragraphs.Window;
            paragraphs.Take(paragraph.Length);
            if (Visible(paragraph).Length > 0)
                CheckParagraph(paragraph, next, maxLength);
        }

        Assert.False(next.MoveNext());
    }

    // Its parts are in it one after the other, with nothing but a blank between two, and no cluster is in two parts but one that is longer than a part.
    private static void CheckParagraph(string paragraph, IEnumerator<TtsTextPart> parts, int maxLength)
    {
        HashSet<int> clusters = [.. StringInfo.ParseCombiningCharacters(paragraph), paragraph.Length];
        int at = 0;
        do
        {
            Assert.True(parts.MoveNext());
            int start = paragraph.IndexOf(parts.Current.Text, at, StringComparison.Ordinal);
            Assert.True(start >= at && Visible(paragraph[at..start]).Length == 0, $"{parts.Current.Text} is not the next of {paragraph}");
            at = start + parts.Current.Text.Length;
            if (!clusters.Contains(at))
            {
                int first = clusters.Where(c => c < at).Max();
                int after = clusters.Where(c => c > at).Min();
                Assert.True(first <= start && paragraph[first..after].EnumerateRunes().Count() + 1 >= maxLength, $"a cluster is cut after {paragraph[start..at]}");
            }
        }
        while (!parts.Current.EndsParagraph && Visible(paragraph[at..]).Length > 0);
    }

    private static string WithoutBlanks(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c))]);

    // The characters that are to be spoken: blanks may go, and what is nothing but joiners and controls.
    private static string Visible(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)]);

    /// <summary>Gives a few characters at a time, as a slow pipe would.</summary>
    private sealed class Drip(string text) : StringReader(text)
    {
        private int _reads;

        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, 1 + (_reads++ % 7)));
    }
}
