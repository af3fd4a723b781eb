using System.Globalization;
using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

/// <summary>The rules that stand here for .NET Framework's sake are those of .NET.</summary>
public sealed class GraphemeTests
{
    private static readonly string[] Neighbours = ["a", "é", "漢", "न", "\u1100", "\u1161", "\u11A8", "가", "각", "😀", "\u200D", "\u0301", "\uFE0F", "🇩"];

    /// <summary>Every character of Unicode before and after some others, but for spacing marks and some signs that lean on what follows them.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void Every_character_keeps_to_its_neighbours()
    {
        List<string> wrong = [];
        for (int point = ' '; point <= char.ConvertToUtf32("\U0010FFFF", 0); point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF || IsLeftOut(point))
                continue;
            string character = char.ConvertFromUtf32(point);
            wrong.AddRange(Neighbours.SelectMany(n => new[] { (n + character, n.Length), (character + n, character.Length) })
                .Where(pair => StringInfo.ParseCombiningCharacters(pair.Item1).Contains(pair.Item2) != Graphemes.IsBoundary(pair.Item1, pair.Item2))
                .Select(pair => $"U+{point:X4} in {pair.Item1}"));
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦|👍🏽|1️⃣|❤️|🏴󠁧󠁢󠁥󠁮󠁧󠁿|🏳️‍🌈")]
    [InlineData("🇩🇪|🇫🇷|🇯🇵|🇰")]
    [InlineData("한|\u1112\u1161\u11AB|글|\u1100\u1100\u1161\u1161|각|\u1161")]
    [InlineData("e\u0301\u0302|か\u3099|葛\U000E0100|𝒳")]
    [InlineData("a\u200D|b|\u200B|c")]
    public void Clusters_are_whole(string marked)
    {
        string text = marked.Replace("|", "", StringComparison.Ordinal);
        IEnumerable<string> found = text.Select((c, i) => i > 0 && Graphemes.IsBoundary(text, i) ? $"|{c}" : $"{c}");
        Assert.Equal(marked, string.Concat(found));
    }

    private static bool IsLeftOut(int point) =>
        CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.SpacingCombiningMark
        || point is >= 0x0600 and <= 0x0605 or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x0D4E or >= 0x11000 and <= 0x16FFF;
}
