using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>The short reading of a line and the whole one agree; on what is no event, in LedgerFileTests.</summary>
public sealed class LedgerHeadTests
{
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
}
