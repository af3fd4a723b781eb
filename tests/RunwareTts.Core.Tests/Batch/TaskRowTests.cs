using RunwareTts.Batch;
using RunwareTts.Emulator;

namespace RunwareTts.Tests.Batch;

/// <summary>A row of tasks that cannot be waited for is one error, and the others go on.</summary>
public sealed class TaskRowTests
{
    [Theory]
    [InlineData("not-an-id", null, null, "TaskUUID", "'not-an-id'")]
    [InlineData(null, null, null, "TaskUUID", "no TaskUUID")]
    [InlineData(" ", null, null, "TaskUUID", "no TaskUUID")]
    [InlineData("11111111-2222-4333-8444-555555555555", "two", null, "NumberResults", "'two'")]
    [InlineData("11111111-2222-4333-8444-555555555555", "0", null, "NumberResults", "below 1")]
    [InlineData("11111111-2222-4333-8444-555555555555", null, "AAC", "OutputFormat", "'AAC'")]
    public async Task A_bad_cell_is_refused_by_name(string? id, string? results, string? format, string parameter, string says)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        TaskRow bad = new() { TaskUUID = id, NumberResults = results, OutputFormat = format };
        TtsException error = Assert.Single(Waits.Run(service.Provider(), [bad], null).Errors());
        Assert.Equal($"InvalidRequest.{parameter}", error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Record.Requests);
    }

    [Theory]
    [InlineData("2026-11-05T17:30:00Z")]
    [InlineData("11/05/2026 17:30:00")]
    [InlineData("05.11.2026 17:30:00")]
    [InlineData("later")]
    [InlineData("")]
    public void A_time_is_read_in_one_spelling_and_never_guessed(string cell)
    {
        // A time to come is no time of a submission.
        TaskRow row = new() { Submitted = cell.Replace("2026-", "2025-", StringComparison.Ordinal) };
        DateTimeOffset? expected = cell.Contains('T', StringComparison.Ordinal) ? new DateTimeOffset(2025, 11, 5, 17, 30, 0, TimeSpan.Zero) : null;
        Assert.Equal(expected, row.SubmittedAt);
        Assert.Null(new TaskRow { Submitted = "2999-01-01T00:00:00Z" }.SubmittedAt);
    }
}
