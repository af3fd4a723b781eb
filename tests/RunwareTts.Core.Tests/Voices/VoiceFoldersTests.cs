using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class VoiceFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_is_separated_as_in_PATH_and_holds_absolute_paths()
    {
        string root = Path.GetPathRoot(Path.GetTempPath())!;
        string[] list = [root + "a", " \"" + root + "b c\" ", "relative", "", "~/x"];
        Assert.Equal([root + "a", root + "b c"], VoiceFolders.Split(string.Join(Path.PathSeparator, list)));
        Assert.Empty(VoiceFolders.Split(null));
    }

    [Fact]
    public void The_named_folder_comes_first_then_that_of_the_batch()
    {
        string batch = Path.Combine(_folder.Path, "out");
        IReadOnlyList<string> found = VoiceFolders.Find(_folder.Path, batch);
        Assert.Equal([_folder.Path, Path.Combine(batch, "voices")], found.Take(2));
        Assert.Equal(_folder.Path, VoiceFolders.FindToWrite(_folder.Path));
    }

    [Fact]
    public void A_named_folder_that_is_not_there_is_refused()
    {
        TtsException error = Assert.Throws<TtsException>(() => VoiceFolders.Find(Path.Combine(_folder.Path, "typo")));
        Assert.Equal("InvalidRequest.VoiceFolder", error.ErrorId);
        Assert.Contains("typo", error.Message, StringComparison.Ordinal);
    }
}
