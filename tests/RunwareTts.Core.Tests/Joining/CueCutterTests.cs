using System.Text.RegularExpressions;
using RunwareTts.Joining;
using RunwareTts.Tests.Text;

namespace RunwareTts.Tests.Joining;

/// <summary>Subtitles are read at a glance, follow the sentences, and fill the time of their part.</summary>
public sealed class CueCutterTests
{
    private const int Rate = 24000;

    private const string Story =
        "Mr. Fogg left London on 2 October at 8:45 p.m., by the train to Dover. He was alone, but for his man. Nobody at the club, where the wager had been made and where the newspapers "
        + "of the whole world were read each morning, believed that he would come back in eighty days with more than the coat that he wore. \"No,\" they said. \"Never!\"";

    [Fact]
    public void A_sentence_is_a_cue_and_a_long_one_is_cut_at_its_clauses()
    {
        Assert.Equal(
            [
                "Mr. Fogg left London on 2 October|at 8:45 p.m., by the train to Dover.",
                "He was alone, but for his man.",
                "Nobody at the club, where the|wager had been made and where",
                "the newspapers of the whole|world were read each morning,",
                "believed that he would come back in eighty|days with more than the coat that he wore.",
                "\"No,\" they said. \"Never!\"",
            ],
            Cut(Story, 26).Select(c => string.Join('|', c.Lines)));
    }

    [Theory]
    [InlineData(Story, 26)]
    [InlineData(Story, 60)]
    [InlineData(Story, 8)]
    [InlineData("a sentence that has no end and goes on and on and on through words of all kinds without a mark anywhere so that nothing tells where it might be cut but its blanks", 11)]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsmitgliedschaftsausweisnummer", 9)]
    [InlineData("https://example.org/a/very/long/address/that/nobody/would/ever/read/aloud/but/that/stands/in/some/text?a=b&c=d", 9)]
    [InlineData("今天天气很好，我们去公园散步吧。公园里有很多人，孩子们在草地上玩耍，老人们在树下下棋。我们走了很久很久，一直走到太阳下山的时候才慢慢地回家去吃晚饭。", 18)]
    [InlineData("昨日は雨が降っていましたが、今日はとても良い天気です。だから私たちは公園に行って、ゆっくり散歩することにしました。楽しかったです。", 15)]
    [InlineData("어제는 비가 왔지만 오늘은 날씨가 아주 좋습니다. 그래서 우리는 공원에 가서 천천히 산책하기로 했습니다. 정말 즐거웠습니다.", 13)]
    [InlineData("وصل القطار إلى المحطة في منتصف الليل، ولم يكن هناك أحد ينتظر. ثم انطفأت المصابيح واحدا بعد الآخر، وبقي الرجل وحده في الظلام حتى الصباح.", 14)]
    [InlineData("שָׁלוֹם לְכֻלָּם. הָרַכֶּבֶת הִגִּיעָה בְּאִחוּר שֶׁל שָׁעָה, וְאִישׁ לֹא חִכָּה לָהּ בַּתַּחֲנָה הַקְּטַנָּה.", 9)]
    [InlineData("Yes. No. Yes. No. Yes. No. Yes. No. Yes. No. Yes. No.", 5)]
    [InlineData("Well done 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 everybody!", 4)]
    [InlineData("😀", 2)]
    [InlineData("Hm.", 44)]
    public void It_is_read_at_a_glance(string text, double seconds)
    {
        Cue[] cues = Check(text, seconds);
        // A part is as long as it is, and what is read faster than the lines can change has no second for each.
        if (cues.Length > 1 && text.Length < 14 * seconds)
            Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, (long)(0.9 * Rate), 7 * Rate));
    }

    [Fact]
    public void Whatever_the_text_nothing_is_lost()
    {
        for (int seed = 0; seed < 300; seed++)
            Check("It was " + new RandomText(seed, isSpoken: true).Make(1 + (seed % 90)), 0.1 + (seed % 60));
    }

    [Fact]
    public void What_cannot_be_cut_is_shown_again() =>
        Assert.Equal(["Hm.", "Hm."], Cut("Hm.", 10).Select(c => Assert.Single(c.Lines)));

    [Fact]
    public void Times_are_by_what_is_spoken_and_not_by_signs()
    {
        Cue[] cues = Cut("A sentence of some length......... Another sentence, also long.", 6);
        Assert.Equal(2, cues.Length);
        Assert.InRange(cues[0].End, 2.4 * Rate, 3.4 * Rate);
    }

    private static Cue[] Check(string text, double seconds)
    {
        Cue[] cues = Cut(text, seconds);
        Assert.Equal((1000, 1000 + (long)(seconds * Rate)), (cues[0].Start, cues[^1].End));
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(cues, cue =>
        {
            Assert.InRange(cue.Lines.Count, 1, 2);
            Assert.InRange(cue.End - cue.Start, 0, 7 * Rate);
            Assert.All(cue.Lines, line => Assert.Equal(line.Trim(' '), line));
        });
        Cue[] distinct = [.. cues.Where((cue, n) => n == 0 || !ReferenceEquals(cue.Lines, cues[n - 1].Lines))];
        Assert.Equal(Regex.Replace(text, @"\s", ""), Regex.Replace(string.Concat(distinct.SelectMany(c => c.Lines)), @"\s", ""));
        Assert.All(cues.SelectMany(c => c.Lines), line => Assert.InRange(new System.Globalization.StringInfo(line).LengthInTextElements, 1, 42));
        Assert.All(cues.SelectMany(c => c.Lines).Where(line => line.All(c => c is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3')), line => Assert.InRange(line.Length, 1, 21));
        return cues;
    }

    private static Cue[] Cut(string text, double seconds) => [.. CueCutter.Cut(text, 1000, 1000 + (long)(seconds * Rate), Rate)];
}
