namespace RunwareTts.Tests.Results;

/// <summary>What a terminal would obey stands in a message by its name, and a message is one line.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Hello, world", "Hello, world")]
    [InlineData("", "")]
    [InlineData("\u001B]0;title\u0007", "<U+001B>]0;title<U+0007>")]
    [InlineData("a\r\nb\tc", "a<U+000D><U+000A>b<U+0009>c")]
    [InlineData("\u009B2J\u0085\u007F", "<U+009B>2J<U+0085><U+007F>")]
    [InlineData("a\u202Egpj.exe\u2066\u2069\u200F\u061C", "a<U+202E>gpj.exe<U+2066><U+2069><U+200F><U+061C>")]
    [InlineData("a\u2028b\u2029c", "a<U+2028>b<U+2029>c")]
    [InlineData("Stra\uFFFDe", "Stra<U+FFFD>e")]
    [InlineData("x\U000E0041", "x<U+E0041>")]
    [InlineData("\uFEFFa\u00AD\u200B", "<U+FEFF>a<U+00AD><U+200B>")]
    [InlineData("family \U0001F468\u200D\U0001F469 \u0645\u06CC\u200C\u062E", "family \U0001F468\u200D\U0001F469 \u0645\u06CC\u200C\u062E")]
    [InlineData("gr\u00FC\u00DFe \u4F60\u597D caf\u0065\u0301", "gr\u00FC\u00DFe \u4F60\u597D caf\u0065\u0301")]
    public void What_is_not_seen_is_named(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_a_character_is_named_too() => Assert.Equal("a<U+D800>b", VisibleText.Of("a" + (char)0xD800 + "b"));

    [Fact]
    public void An_error_is_one_line_whoever_wrote_its_words()
    {
        TtsException error = new("Runware.\u001Bcode", TtsErrorKind.InvalidData, "The service says \u001B[2J\r\nforged");
        Assert.Equal("Runware.<U+001B>code", error.ErrorId);
        Assert.Equal("The service says <U+001B>[2J<U+000D><U+000A>forged", error.Message);
        Assert.Equal("ffmpeg failed: a<U+000A>b", Errors.ToolFailed("ffmpeg", "a\nb").Message);
    }

    [Fact]
    public void A_problem_is_one_line_too() => Assert.Equal("a<U+0007>b", new TtsProblem("InvalidRequest.Text", "a\u0007b").Message);
}
