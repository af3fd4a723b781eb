using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

/// <summary>
/// Beginnings of old books, as files of them look: wrapped, indented, with headings, dialogues, numbers and abbreviations.
/// What each language does at its marks is in BreakTests.
/// </summary>
public sealed class RealTextTests
{
    [Theory]
    [InlineData("English", 200, """
        CHAPTER I.
        Down the Rabbit-Hole


        Alice was beginning to get very tired of sitting by her sister on the
        bank, and of having nothing to do: once or twice she had peeped into
        the book her sister was reading, but it had no pictures or
        conversations in it, “and what is the use of a book,” thought Alice
        “without pictures or conversations?”

        So she was considering in her own mind (as well as she could, for the
        hot day made her feel very sleepy and stupid), whether the pleasure of
        making a daisy-chain would be worth the trouble of getting up and
        picking the daisies, when suddenly a White Rabbit with pink eyes ran
        close by her.
        """, """
        CHAPTER I. Down the Rabbit-Hole¶
        Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice she had peeped into the book her sister was reading,
        but it had no pictures or conversations in it, “and what is the use of a book,” thought Alice “without pictures or conversations?”¶
        So she was considering in her own mind (as well as she could, for the hot day made her feel very sleepy and stupid),
        whether the pleasure of making a daisy-chain would be worth the trouble of getting up and picking the daisies, when suddenly a White Rabbit with pink eyes ran close by her.¶
        """)]
    [InlineData("French", 160, """
        L’année 1866 fut marquée par un événement bizarre, un phénomène inexpliqué et
        inexplicable que personne n’a sans doute oublié. Sans parler des rumeurs qui
        agitaient les populations des ports et surexcitaient l’esprit public à
        l’intérieur des continents, les gens de mer furent particulièrement émus.

        — Monsieur me fait l’honneur de m’appeler ?
        — Oui, mon ami ; M. Farragut nous attend le 3 juillet, à 8 h. du matin.
        « Comme il plaira à monsieur », répondit Conseil.
        """, """
        L’année 1866 fut marquée par un événement bizarre, un phénomène inexpliqué et inexplicable que personne n’a sans doute oublié.
        Sans parler des rumeurs qui agitaient les populations des ports et surexcitaient l’esprit public à l’intérieur des continents,
        les gens de mer furent particulièrement émus.¶
        — Monsieur me fait l’honneur de m’appeler ?¶
        — Oui, mon ami ; M. Farragut nous attend le 3 juillet, à 8 h. du matin. « Comme il plaira à monsieur », répondit Conseil.¶
        """)]
    [InlineData("Chinese", 60, """
        　　鲁镇的酒店的格局，是和别处不同的：都是当街一个曲尺形的大柜台，柜里面预备着热水，可以随时温酒。做工的人，傍午傍晚散了工，每每花四文铜钱，买一碗酒，——这是二十多年前的事，现在每碗要涨到十文，——靠柜外站着，热热的喝了休息。
        　　他对柜里说，“温两碗酒，要一碟茴香豆。”便排出九文大钱。他们又故意的高声嚷道，“你一定又偷了人家的东西了！”孔乙己睁大眼睛说，“你怎么这样凭空污人清白……”“什么清白？我前天亲眼见你偷了何家的书，吊着打。”
        """, """
        鲁镇的酒店的格局，是和别处不同的：都是当街一个曲尺形的大柜台，柜里面预备着热水，可以随时温酒。
        做工的人，傍午傍晚散了工，每每花四文铜钱，买一碗酒，——这是二十多年前的事，现在每碗要涨到十文，——靠柜外站着，
        热热的喝了休息。¶
        他对柜里说，“温两碗酒，要一碟茴香豆。”便排出九文大钱。他们又故意的高声嚷道，“你一定又偷了人家的东西了！”
        孔乙己睁大眼睛说，“你怎么这样凭空污人清白……”“什么清白？我前天亲眼见你偷了何家的书，吊着打。”¶
        """)]
    [InlineData("Japanese", 50, """
        吾輩は猫である。名前はまだ無い。
        　どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。吾輩はここで始めて人間というものを見た。しかもあとで聞くとそれは書生という人間中で一番獰悪な種族であったそうだ。
        　「御前は何だ。」と聞くと、「吾輩は猫である。名前はまだない。」と答えた。彼は１９０５年１月の「ホトトギス」を読んでいた。
        """, """
        吾輩は猫である。名前はまだ無い。¶
        どこで生れたかとんと見当がつかぬ。
        何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。
        吾輩はここで始めて人間というものを見た。
        しかもあとで聞くとそれは書生という人間中で一番獰悪な種族であったそうだ。¶
        「御前は何だ。」と聞くと、「吾輩は猫である。名前はまだない。」と答えた。
        彼は１９０５年１月の「ホトトギス」を読んでいた。¶
        """)]
    [InlineData("Korean", 70, """
        오늘도 또 우리 수탉이 막 쫓기었다. 내가 점심을 먹고 나무를 하러 갈 양으로 나올
        때이었다. 산으로 올라서려니까 등 뒤에서 푸드득푸드득, 하고 닭의 횃소리가
        야단이다. 깜짝 놀라서 고개를 돌려 보니 아니나 다르랴, 두 놈이 또 얼리었다.

        “얘! 너 혼자만 일하니?” 하고 긴치 않은 수작을 하는 것이다. 1936. 5. 1. 발표되었다.
        """, """
        오늘도 또 우리 수탉이 막 쫓기었다. 내가 점심을 먹고 나무를 하러 갈 양으로 나올 때이었다.
        산으로 올라서려니까 등 뒤에서 푸드득푸드득, 하고 닭의 횃소리가 야단이다.
        깜짝 놀라서 고개를 돌려 보니 아니나 다르랴, 두 놈이 또 얼리었다.¶
        “얘! 너 혼자만 일하니?” 하고 긴치 않은 수작을 하는 것이다. 1936. 5. 1. 발표되었다.¶
        """)]
    public void Are_cut_as_a_reader_would(string language, int maxLength, string text, string parts)
    {
        foreach (string? given in new[] { language, null })
            Assert.Equal(parts, string.Join('\n', TextSplitter.Split(text, maxLength, given).Select(p => p.Text + (p.EndsParagraph ? "¶" : ""))));
    }
}
