using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A row that is not done leaves its file and its request to those after it.</summary>
public sealed class DeclineTests : IDisposable
{
    private static readonly SpeechRow Row = new() { Text = "Hello", OutputPath = "x.mp3" };
    private static readonly SpeechRow Other = Row with { Text = "World" };

    private readonly TempFolder _folder = new();
    private readonly TaskLedger _ledger = LedgerLocation.OpenTemporary();

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void One_that_the_user_has_declined()
    {
        RowPlanner planner = Planner(new BatchOptions());
        PlannedRow declined = planner.Plan(Row, null, null);
        Assert.Equal("OutputPathTaken", planner.Plan(Other, null, null).Error?.ErrorId);
        planner.Decline(declined);
        PlannedRow other = planner.Plan(Other, null, null);
        Assert.Null(other.Error);
        planner.Decline(other);
        PlannedRow again = planner.Plan(Row, null, null);
        Assert.Equal((null, RowWork.Generate), (again.Error, again.Work));

        // The file of an equal row that is done stays taken.
        PlannedRow equal = planner.Plan(Row, null, null);
        Assert.Equal(RowWork.Share, equal.Work);
        planner.Decline(equal);
        Assert.Equal("OutputPathTaken", planner.Plan(Other, null, null).Error?.ErrorId);
        Assert.Equal(RowWork.Share, planner.Plan(Row, null, null).Work);
    }

    [Fact]
    public void One_that_is_refused_after_its_file_was_found_free()
    {
        RowPlanner planner = Planner(new BatchOptions { Split = true });
        SpeechRow refused = Row with { Text = string.Concat(Enumerable.Repeat("A gate opens. ", 300)), NumberResults = "2", OutputPath = "x.mp3" };
        Assert.Equal("InvalidRequest.NumberResults", planner.Plan(refused, null, null).Error?.ErrorId);
        Assert.Null(planner.Plan(Other with { NumberResults = "2" }, null, null).Error);
    }

    private RowPlanner Planner(BatchOptions options) =>
        new(new RunwareProvider(new RunwareClient(new Uri("http://127.0.0.1:9"), null)), new OutputPlanner(_folder.Path, false, Path.GetFullPath, _ledger), _ledger, options);
}
