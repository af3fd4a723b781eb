using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>The same rows again, in a folder that was moved, forced, or holds what someone else put there.</summary>
public sealed class RerunTests : IAsyncLifetime
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };

    private readonly TempFolder _folder = new();
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_that_was_moved_is_known()
    {
        string before = Path.Combine(_folder.Path, "before");
        string after = Path.Combine(_folder.Path, "after");
        Directory.CreateDirectory(before);
        _service.Run([Hello], before);
        Directory.Move(before, after);
        TtsSpeech again = Assert.Single(_service.Run([Hello], after).Spoken());
        Assert.Equal(("Unchanged", Path.Combine(after, "hello.mp3")), (again.Status, again.Path));
        Assert.Equal(1, _service.Record.Requests);
    }

    [Fact]
    public void Force_is_no_reason_to_pay_again()
    {
        _service.Run([Hello], _folder.Path);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path, force: true).Spoken()).Status);
        Assert.Equal(1, _service.Record.Requests);
    }

    [Fact]
    public void A_file_of_someone_else_is_found_before_anything_is_sent_and_once_forced_belongs_to_the_batch()
    {
        string path = Path.Combine(_folder.Path, "hello.mp3");
        File.WriteAllText(path, "mine");
        Assert.Equal("OutputExists", Assert.Single(_service.Run([Hello], _folder.Path).Errors()).ErrorId);
        Assert.Equal(0, _service.Record.Requests);
        Assert.Equal("Completed", Assert.Single(_service.Run([Hello], _folder.Path, force: true).Spoken()).Status);
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).Status);
        Assert.Equal(1, _service.Record.Requests);
    }

    [Fact]
    public void Equal_rows_without_a_folder_are_paid_for_once()
    {
        Assert.Equal(["Completed", "Unchanged"], _service.Run([Hello, Hello]).Spoken().Select(s => s.Status));
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void Another_number_of_results_is_another_task()
    {
        _service.Run([Hello with { NumberResults = "3" }], _folder.Path);
        TtsSpeech[] two = _service.Run([Hello with { Id = "two", NumberResults = "2" }], _folder.Path).Spoken();
        Assert.Equal(["Completed", "Completed"], two.Select(s => s.Status));
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public async Task A_file_that_is_there_is_known_whichever_endpoint_is_asked()
    {
        _service.Run([Hello], _folder.Path);
        await using Service other = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        Assert.Equal("Unchanged", Assert.Single(other.Run([Hello], _folder.Path).Spoken()).Status);
        Assert.Equal(0, other.Record.Requests);
    }
}
