using RunwareTts.Batch;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Batch;

/// <summary>How far a batch is, with the parts of long texts.</summary>
public sealed class BatchProgressTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(10);

    private readonly BatchProgress _progress = new(new Budget(null, new PriceBook(LedgerLocation.OpenTemporary(), null)));

    [Fact]
    public void Rows_alone_are_counted_as_rows()
    {
        for (int n = 0; n < 4; n++)
            _progress.Started();
        _progress.Ended(failed: true);
        BatchEvent.Progressed told = _progress.At(Now, all: true);
        Assert.Equal((0, 1, 3, null, 25, 30), (told.Done, told.Failed, told.Left, told.Parts, told.Percent, told.SecondsLeft));
        Assert.Null(_progress.At(Now, all: false).Percent);
    }

    [Fact]
    public void A_text_in_parts_is_as_far_as_its_parts()
    {
        _progress.Started();
        PartGroup group = new(_progress, 20);
        Assert.Equal((new PartProgress(0, 20, 0), null, null), (_progress.At(Now, all: true).Parts, _progress.At(Now, all: true).Percent, _progress.At(Now, all: true).SecondsLeft));
        // What was there already says nothing of the pace.
        for (int n = 0; n < 10; n++)
            group.Add(Part(attempts: n >= 5 ? 1 : 0));
        BatchEvent.Progressed told = _progress.At(Now, all: true);
        Assert.Equal((new PartProgress(10, 20, 0), 47, 22, 0.5), (told.Parts, told.Percent, told.SecondsLeft, told.PartRate));
        for (int n = 0; n < 10; n++)
            group.Add(Part(attempts: 1));
        group.BeginJoining();
        Assert.Equal((new PartProgress(20, 20, 1), 95), (_progress.At(Now, all: true).Parts, _progress.At(Now, all: true).Percent));
        group.Dispose();
        _progress.Ended(failed: false);
        Assert.Equal((new PartProgress(20, 20, 0), 100, 0), (_progress.At(Now, all: true).Parts, _progress.At(Now, all: true).Percent, _progress.At(Now, all: true).SecondsLeft));
    }

    [Fact]
    public void The_parts_of_a_text_that_ended_before_its_time_will_not_come()
    {
        _progress.Started();
        using (PartGroup group = new(_progress, 20))
            group.Add(Part(attempts: 1));
        _progress.Ended(failed: true);
        Assert.Equal((new PartProgress(1, 1, 0), 100), (_progress.At(Now, all: true).Parts, _progress.At(Now, all: true).Percent));
    }

    private static RowResult Part(int attempts) => new() { Speeches = [new TtsSpeech { Attempts = attempts }] };
}
