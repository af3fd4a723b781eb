using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

/// <summary>
/// What a cut would fall between, read off a marked text: ‖ the end of a sentence, ¦ of a clause, ~ what is held together. Any
/// other blank is between words.
/// </summary>
public sealed class BreakTests
{
    [Theory]
    [InlineData("He left.‖ She stayed!‖ Why?‖ Nobody knows…‖ Or so.")]
    [InlineData("Dr.~ Smith met Mrs.~ Jones at St.~ Paul’s.‖ They left.")]
    [InlineData("J.~ R.~ R.~ Tolkien wrote it.‖ The U.S.~ Army read it at~ 5~ p.m.~ sharp.")]
    [InlineData("Lions, ¦tigers, ¦etc.~ and more; ¦see e.g.~ p.~ 12~ or No.~ 5: ¦there.")]
    [InlineData("It costs $5.00.‖ That is~ 1.5~ km.‖ Pi is~ 3.14159.‖ A million is~ 1,000,000.‖ It was~ 12:30~ then.")]
    [InlineData("On May~ 3,~ 2024~ it rained.‖ On~ 3/5/2024~ too.")]
    [InlineData("In~ 1945.‖ The end.‖ He said~ 42.~ Then he left.")]
    [InlineData("“Stop!” ¦he said.‖ “Go?” ¦she asked.‖ “No.”‖ Nobody went.")]
    [InlineData("“Stop!”‖ He ran.‖ (It was late.)‖ The [last] one.")]
    [InlineData("What?!‖ No!!!‖ Well... maybe.‖ Well...‖ Yes.‖ Hm… ¦perhaps.")]
    [InlineData("See https://example.com/a.b?c=d,e;f!g or mail a.b@c.org.‖ Then go.")]
    [InlineData("The iPhone.‖ 👍 Good.‖ ¿Qué?‖ ¡No!")]
    [InlineData("A dash~ — ¦here, ¦and—¦there.‖ Well-known~ 10~ –~ 20~ times.‖ — ¦Yes.")]
    [InlineData("Louis XIV.~ was king.‖ Plan B.~ Then.")]
    [InlineData("*Stop.*‖ _Go._‖ Now.")]
    [InlineData("the boys’ house is the dog's house.‖ ‘Yes.’‖ No.")]
    [InlineData("visit example. com or approx.~ five.‖ OK.")]
    public void Of_English(string marked) => AssertMarked(marked, "English");

    [Theory]
    [InlineData("German", "Das ist z.~ B.~ am~ 3.~ Oktober~ 1990~ um~ 12:30~ Uhr.‖ Dr.~ Meier wohnt in der Goethe-Str.~ 5, ¦d.~ h.~ dort.‖ Gut.")]
    [InlineData("German", "Er sagte: ¦„Nein.“‖ Dann ging er.‖ „Wirklich?“ ¦fragte sie.‖ Ludwig XIV.~ war ca.~ 1,80~ m groß.")]
    [InlineData("German", "»Ja.«‖ Er rief: ¦»Komm!«‖ Und sie kam usw.~ bis~ 18.~ Mai.")]
    [InlineData("German", "Haus- und Gartenarbeit kostet~ 1.000,50~ €.‖ Es sind~ 5~ kg.")]
    [InlineData("French", "«~ Oui~ », ¦dit M.~ Dupont.‖ «~ Quoi~ ?~ »‖ Mme Curie le~ 3~ mai~ 1990.‖ Non~ !‖ Si.")]
    [InlineData("French", "Il a lu p.~ ex.~ «~ Les Misérables~ » av.~ J.-C.~ ou pas~ ; ¦voilà.‖ Bien.")]
    [InlineData("Spanish", "¿Qué?‖ ¡No!‖ El Sr.~ López y la Dra.~ Ruiz, ¦p.~ ej., ¦viven en EE.~ UU.~ desde el~ 3~ de mayo.‖ —Sí ¦—dijo él—.‖ Vale.")]
    [InlineData("Portuguese", "O Sr.~ Silva, ¦a Sra.~ Costa etc.~ chegaram às~ 12:30.‖ São~ 1,5~ km.‖ Está bem?‖ Sim.")]
    [InlineData("Italian", "Il sig.~ Rossi e la dott.~ Bianchi, ¦ecc.~ ecc., ¦a pag.~ 12.~ Perché no?‖ Andiamo.")]
    [InlineData("Russian", "Т.~ е.~ г.~ Москва и т.~ д.~ на стр.~ 5.~ А.~ С.~ Пушкин родился в~ 1799~ г.~ в Москве.‖ «Да?» ¦— ¦спросил он.‖ Нет.")]
    [InlineData("Korean", "안녕하세요.‖ 2024.~ 5.~ 3.~ 오전입니다.‖ 네.‖ 정말요?‖ 그래서, ¦갑시다!‖ 끝.")]
    public void Of_other_languages_with_blanks(string language, string marked)
    {
        AssertMarked(marked.Replace(" », ", " », ", StringComparison.Ordinal), language);
        AssertMarked(marked, null);
    }

    [Theory]
    [InlineData("你好。‖我叫小明，¦来自北京。‖你呢？‖很好！‖真的？！‖是。")]
    [InlineData("他说：¦“好。”‖她走了。‖“你好！”‖“再见。”")]
    [InlineData("（他走了。）‖《红楼梦》是书；¦“《红楼梦》”，¦不是……¦电影——¦对。")]
    [InlineData("价格是３，０００元，¦共1,000,000个。‖时间12：30。‖第3章。")]
    [InlineData("用。‖Python。‖见https://example.com/a,b.c。‖好。")]
    [InlineData("今日は、¦晴れです。‖「はい。」¦と答えた。‖「いいえ。」‖彼は行った。‖『何だと！？』‖　そう。")]
    [InlineData("说完.‖他走了!‖我也走了?‖不,¦没有。")]
    public void Of_languages_without_blanks(string marked) => AssertMarked(marked, null, Break.Clause);

    /// <summary>Every place where a text without a mark in it may be cut, for want of a better one.</summary>
    [Theory]
    [InlineData("北京大学生活", "北|京|大|学|生|活")]
    [InlineData("我用Python写", "我|用|Python|写")]
    [InlineData("在2024年5月3日第12章", "在2024年5月3日|第12章")]
    [InlineData("今日は天気がいい", "今|日は|天|気が|い|い")]
    [InlineData("コンピューターとテレビ", "コンピューターと|テレビ")]
    [InlineData("きょうはがっこうへ", "きょ|う|は|がっ|こ|う|へ")]
    [InlineData("人々の「東京」への（旅）だ", "人々の|「東|京」|へ|の|（旅）|だ")]
    [InlineData("ｶﾞｷﾞ漢", "ｶﾞｷﾞ|漢")]
    [InlineData("葛󠄀城𠮷野", "葛󠄀|城|𠮷|野")]
    [InlineData("ＡＢＣと１２３円", "ＡＢＣ|と１２３円")]
    [InlineData("한국어", "한국어")]
    [InlineData("ภาษาไทย", "ภาษาไทย")]
    public void Within_a_run_of_letters(string text, string expected)
    {
        TextCutter cutter = new(1, null);
        StringBuilder found = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (i > 0 && cutter.At(text, i) > Break.None)
                found.Append('|');
            found.Append(text[i]);
        }

        Assert.Equal(expected, found.ToString());
    }

    private static void AssertMarked(string marked, string? language, Break least = Break.Tight)
    {
        string text = new([.. marked.Where(c => c is not ('‖' or '¦' or '~'))]);
        TextCutter cutter = new(1, language);
        StringBuilder found = new();
        for (int i = 0; i < text.Length; i++)
        {
            Break kind = i == 0 ? Break.None : cutter.At(text, i);
            found.Append(kind < least ? "" : kind switch { Break.Sentence => "‖", Break.Clause => "¦", Break.Tight => "~", _ => "" });
            found.Append(text[i]);
        }

        // The mark of a clause stands before the word that follows, where it is read more easily.
        Assert.Equal(marked.Replace(" ¦", "¦ ", StringComparison.Ordinal), found.ToString());
    }
}
