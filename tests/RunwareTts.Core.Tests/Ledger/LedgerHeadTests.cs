using System.Text;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>The short reading of a line and the whole one agree on what it says, and on what is no event.</summary>
public sealed class LedgerHeadTests
{
    public static TheoryData<string> NoEvents => new(
        "",
        "42",
        "[]",
        "{}",
        """{"event":"submitted"}""",
        """{"event":"sung","at":"2026-01-01T00:00:00Z","task":"00000000-0000-0000-0000-000000000001"}""",
        """{"event":"saved","at":"2026-01-01T00:00:00Z","task":"no id"}""",
        """{"event":"saved","at":"2026-01-01T00:00:00Z","task":"00000000-0000-0000-0000-000000000001","hash":7}""");

    [Theory]
    [InlineData("\"results\":[null]")]
    [InlineData("\"results\":[7]")]
    [InlineData("\"results\":[{\"cost\":1e20}]")]
    [InlineData("\"results\":[{\"cost\":-1}]")]
    [InlineData("\"seconds\":1e300")]
    [InlineData("\"seconds\":-1")]
    public void Numbers_that_no_task_has_make_it_none_for_both(string fields)
    {
        byte[] line = Encoding.UTF8.GetBytes("""{"event":"saved","at":"2026-01-01T00:00:00Z","task":"00000000-0000-0000-0000-000000000001",""" + fields + "}");
        Assert.Null(LedgerHead.Parse(line));
        Assert.Null(LedgerEvent.Parse(line));
    }

    [Fact]
    public void It_is_what_the_whole_event_says()
    {
        foreach (LedgerEventKind kind in Enum.GetValues<LedgerEventKind>())
        {
            LedgerEvent happened = Past.Submitted("a") with
            {
                Event = kind,
                Id = "hash\"file",
                File = "sub/später \"eins\".mp3",
                Results = [new LedgerResult("task", "https://example.org/file", 0.1m)],
            };
            byte[] line = happened.ToLine();
            Assert.Equal(happened.Head, LedgerHead.Parse(line));
            Assert.Equal(LedgerEvent.Parse(line)!.Head, happened.Head);
        }
    }

    [Fact]
    public void A_line_that_is_torn_anywhere_is_none()
    {
        byte[] line = (Past.Submitted("a") with { File = "a.mp3" }).ToLine();
        for (int length = 0; length < line.Length - 1; length++)
            Assert.Null(LedgerHead.Parse(line.AsSpan(0, length)));
    }

    [Theory]
    [MemberData(nameof(NoEvents))]
    public void What_is_no_event_for_the_one_is_none_for_the_other(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.Null(LedgerHead.Parse(bytes));
        Assert.Null(LedgerEvent.Parse(bytes));
    }
}
