using RunwareTts.Batch;

namespace RunwareTts.Tests.Batch;

public sealed class MaxCostTests
{
    [Theory]
    [InlineData("5,00")]
    [InlineData("1.234,5")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("5 USD")]
    [InlineData("")]
    [InlineData(" ")]
    public void A_budget_that_is_no_number_ends_the_pipeline_and_shows_the_spelling(string cell)
    {
        TtsException error = Assert.Throws<TtsException>(() => BatchOptions.ReadMaxCost(cell));
        Assert.Equal(("InvalidRequest.MaxCost", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("such as 5.00", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.0002", 0.0002)]
    public void A_budget_is_read_as_it_is_written(string cell, double expected) => Assert.Equal((decimal)expected, BatchOptions.ReadMaxCost(cell));
}
