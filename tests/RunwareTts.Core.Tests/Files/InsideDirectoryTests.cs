using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Files;

/// <summary>A path of a row stays in the folder of the batch, whatever system wrote it.</summary>
public sealed class InsideDirectoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Outside => new()
    {
        { "../x.wav", ".." },
        { "..\\x.wav", ".." },
        { "a/../../x.wav", ".." },
        { "a/../x.wav", ".." },
        { "/x.wav", "absolute" },
        { "\\x.wav", "absolute" },
        { "\\\\server\\share\\x.wav", "absolute" },
        { "//server/share/x.wav", "absolute" },
        { "C:\\x.wav", "drive" },
        { "C:x.wav", "drive" },
        { "Drive:/x.wav", "drive" },
        { "FileSystem::x.wav", "provider" },
        { "x.wav:stream.wav", "stream" },
        { "~/x.wav", "~" },
        { "~root/x.wav", "~" },
        { "a//x.wav", "empty part" },
        { "CON.wav", "reserved" },
        { "con", "reserved" },
        { "nul/x.wav", "reserved" },
        { "LPT1.intro.wav", "reserved" },
        { "what?.wav", "character" },
        { "a*b.wav", "character" },
        { "a|b.wav", "character" },
        { "a\nb.wav", "character" },
        { "dot./x.wav", "dot or blank" },
        { "blank /x.wav", "dot or blank" },
        { new string('x', 241) + ".wav", "240 bytes" },
        { new string('漢', 81) + "/x.wav", "240 bytes" },
        { "tts-ledger.jsonl", "ledger" },
        { "TTS-Ledger.JSONL", "ledger" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Outside))]
    public void A_path_that_is_none_inside_says_why(string path, string says)
    {
        SpeechRequest request = new() { Text = "x", Model = "m", Voice = "v", OutputFormat = "WAV", OutputPath = path };
        TtsException error = Assert.Throws<TtsException>(() => Planner(_folder.Path).Plan(request, 1, "h", "f"));
        Assert.Equal(("OutputOutsideDirectory", TtsErrorKind.PermissionDenied), (error.ErrorId, error.Kind));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in tro [1] 漢é.wav", "in tro [1] 漢é.wav")]
    [InlineData("intro..final.wav", "intro..final.wav")]
    [InlineData("two\\b.wav", "two/b.wav")]
    [InlineData("v1.2 intro", "v1.2 intro.mp3")]
    public void A_path_inside_is_taken_as_it_is(string path, string expected) =>
        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.Path, expected)), Plan(Planner(_folder.Path), path).FullPath);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_is_followed_to_where_it_leads(bool isForced)
    {
        using TempFolder elsewhere = new();
        Directory.CreateDirectory(Path.Combine(elsewhere.Path, "deep"));
        string victim = Path.Combine(elsewhere.Path, "victim.wav");
        File.WriteAllText(victim, "mine");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "out"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "inner"), Path.Combine(_folder.Path, "out", "deep"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "file.wav"), victim);
        OutputPlanner planner = Planner(_folder.Path, isForced);
        foreach (string path in new[] { "out/x.wav", "inner/x.wav", "file.wav" })
            Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Plan(planner, path)).ErrorId);
        Assert.Contains("'out'", Assert.Throws<TtsException>(() => Plan(planner, "out/x.wav")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_may_itself_be_reached_by_a_link()
    {
        using TempFolder links = new();
        string link = Path.Combine(links.Path, "link");
        Directory.CreateSymbolicLink(link, _folder.Path);
        Assert.Equal(Path.Combine(link, "sub", "x.wav"), Plan(Planner(link), "sub/x.wav").FullPath);
    }

    [Fact]
    public void A_path_that_is_spelled_otherwise_is_the_same_file()
    {
        OutputPlanner planner = Planner(_folder.Path);
        planner.Claim(Plan(planner, "sub/x.wav"), "h1");
        Assert.Equal("OutputPathTaken", Assert.Throws<TtsException>(() => planner.Claim(Plan(planner, "sub\\x.wav"), "h2")).ErrorId);
    }

    [Fact]
    public void A_folder_is_no_file_that_may_be_overwritten()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "x.wav"));
        OutputPlanner forced = Planner(_folder.Path, force: true);
        Assert.Equal("OutputExists", Assert.Throws<TtsException>(() => forced.Claim(Plan(forced, "x.wav"), "h")).ErrorId);
    }

    [Fact]
    public void One_of_several_results_may_be_there_already()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "x-2.wav"), "mine");
        OutputPlanner planner = Planner(_folder.Path);
        OutputTarget target = Plan(planner, "x.wav", "3");
        Assert.Equal("OutputExists", Assert.Throws<TtsException>(() => planner.Claim(target, "h")).ErrorId);
    }

    [Fact]
    public void An_empty_token_is_none()
    {
        TtsException error = Assert.Throws<TtsException>(() => Plan(Planner(_folder.Path), "{}.mp3"));
        Assert.Equal("InvalidRequest.OutputPath", error.ErrorId);
        Assert.Contains("{}", error.Message, StringComparison.Ordinal);
    }

    private static OutputPlanner Planner(string folder, bool force = false) => new(folder, force, Path.GetFullPath);

    private static OutputTarget Plan(OutputPlanner planner, string path, string? results = null) =>
        planner.Plan(RowReader.Read(new SpeechRow { Text = "x", OutputPath = path, NumberResults = results }).Request!, 1, "0123456789abcdef", "f")!;
}
