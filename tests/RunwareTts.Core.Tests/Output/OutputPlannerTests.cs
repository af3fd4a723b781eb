using RunwareTts.Files;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Output;

public sealed class OutputPlannerTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, "fallback.mp3")]
    [InlineData("intro", null, "intro.mp3")]
    [InlineData("in/tro:1?", null, "in_tro_1_.mp3")]
    [InlineData("CON", null, "_CON.mp3")]
    [InlineData("nul.txt", null, "_nul.txt.mp3")]
    [InlineData("...", null, "_.mp3")]
    [InlineData("a. ", null, "a.mp3")]
    [InlineData("{Voice}", null, "_Voice_.mp3")]
    [InlineData("x", "sub/{Index}-{Voice}-{Language}-{Model}-{Hash}", "sub/0007-ryan-Auto-CustomVoice-0123456789ab.mp3")]
    [InlineData("x", "{id}.MP3", "x.MP3")]
    [InlineData("a/b", "sub\\{Id}", "sub/a_b.mp3")]
    [InlineData("x", "./{Id}.mp3", "x.mp3")]
    [InlineData("x", ".\\sub\\.\\{Id}.mp3", "sub/x.mp3")]
    public void Names(string? id, string? path, string expected)
    {
        OutputTarget target = Plan(Planner(), new SpeechRow { Text = "x", Voice = "ryan", Id = id, OutputPath = path })!;
        Assert.Equal(Path.Combine([_folder.Path, .. expected.Split('/')]), target.FullPath);
    }

    [Theory]
    [InlineData("../x.mp3")]
    [InlineData("a/../../x.mp3")]
    [InlineData("..\\x.mp3")]
    [InlineData("/etc/x.mp3")]
    [InlineData("\\\\server\\share\\x.mp3")]
    [InlineData("C:\\x.mp3")]
    [InlineData("C:x.mp3")]
    [InlineData("env:x.mp3")]
    [InlineData("x.mp3:stream.mp3")]
    [InlineData("~/x.mp3")]
    [InlineData("a//x.mp3")]
    [InlineData("a./x.mp3")]
    [InlineData("LPT1/x.mp3")]
    [InlineData("con.mp3")]
    [InlineData("a\u0001.mp3")]
    [InlineData("a|b.mp3")]
    [InlineData("tts-ledger.jsonl")]
    [InlineData("TTS-Ledger.jsonl.mp3")]
    public void What_is_no_plain_path_inside_the_folder_is_refused(string path)
    {
        SpeechRequest request = new() { Text = "x", Model = "m", Voice = "v", OutputFormat = "MP3", OutputPath = path };
        Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Planner().Plan(request, 1, Hash, "f")).ErrorId);
    }

    [Fact]
    public void Links_that_lead_out_are_refused()
    {
        using TempFolder elsewhere = new();
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "out"), elsewhere.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "gone.mp3"), Path.Combine(elsewhere.Path, "nothing.mp3"));

        Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Plan(Planner(), Row("out/x.mp3"))).ErrorId);
        Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Plan(Planner(), Row("gone.mp3"))).ErrorId);
    }

    [Fact]
    public void A_link_that_stays_inside_is_welcome_where_it_can_be_followed()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "real"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "in"), Path.Combine(_folder.Path, "real"));

#if DESKTOP
        // .NET Framework cannot follow one, and refuses all.
        Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Plan(Planner(), Row("in/x.mp3"))).ErrorId);
#else
        Assert.NotNull(Plan(Planner(), Row("in/x.mp3")));
#endif
    }

    [Theory]
    [InlineData("{Id}.mp3", "no Id")]
    [InlineData("{Nope}.mp3", "{Nope}")]
    public void A_token_that_cannot_be_filled_is_refused(string path, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => Plan(Planner(), Row(path)));
        Assert.Equal("InvalidRequest.OutputPath", error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u202Egpj.exe", "a_gpj.exe.mp3")]
    [InlineData("a\u001B]0;t\u0007", "a_]0;t_.mp3")]
    [InlineData("a\u009B\u2028\u2066\u200B\uFEFFb", "a_____b.mp3")]
    public void What_nobody_sees_does_not_enter_a_name(string id, string name)
    {
        Assert.Equal(name, Path.GetFileName(Plan(Planner(), new SpeechRow { Text = "x", Id = id })!.FullPath));
        Assert.Equal(name, Path.GetFileName(Plan(Planner(), new SpeechRow { Text = "x", Id = id, OutputPath = "{Id}.mp3" })!.FullPath));
    }

    [Theory]
    [InlineData("a\u202E3pm.mp3")]
    [InlineData("a\u2067.mp3")]
    [InlineData("b/a\u0085.mp3")]
    public void A_path_with_what_nobody_sees_is_refused(string path)
    {
        Assert.Equal("OutputOutsideDirectory", Assert.Throws<TtsException>(() => Plan(Planner(), Row(path))).ErrorId);
        Assert.Equal("InvalidRequest.OutputPath", Assert.Throws<TtsException>(() => Plan(new OutputPlanner(null, force: false, Path.GetFullPath), Row(path))).ErrorId);
    }

    [Fact]
    public void A_name_next_to_which_nothing_can_be_written_is_refused()
    {
        // On Windows, CON.mp3 is the device \\.\CON in whatever folder.
        OutputPlanner planner = new(null, false, OperatingSystem.IsWindows() ? Path.GetFullPath : _ => Path.GetPathRoot(_folder.Path)!);
        TtsException error = Assert.Throws<TtsException>(() => Plan(planner, Row("CON.mp3")));
        Assert.Equal("InvalidRequest.OutputPath", error.ErrorId);
        Assert.Contains("'CON.mp3'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_id_is_cut_and_told_apart_by_the_hash()
    {
        string id = string.Concat(Enumerable.Repeat("長い", 200));
        string name = Path.GetFileName(Plan(Planner(), new SpeechRow { Text = "x", Id = id })!.FullPath);
        Assert.EndsWith("-0123456789ab.mp3", name, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 60, SafeName.MaxLength + 4);
    }

    [Fact]
    public void A_file_that_is_there_is_refused_unless_forced()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "x.mp3"), "mine");
        OutputPlanner planner = Planner();
        Assert.Equal("OutputExists", Assert.Throws<TtsException>(() => planner.Claim(Plan(planner, Row("x.mp3"))!, Hash)).ErrorId);
        OutputPlanner forced = new(_folder.Path, force: true, Path.GetFullPath);
        forced.Claim(Plan(forced, Row("x.mp3"))!, Hash);
    }

    [Fact]
    public void Two_rows_with_one_file_need_one_request()
    {
        OutputPlanner planner = Planner();
        planner.Claim(Plan(planner, Row("a.mp3"))!, "h1");
        planner.Claim(Plan(planner, Row("A.mp3"))!, "h1");
        Assert.Equal("OutputPathTaken", Assert.Throws<TtsException>(() => planner.Claim(Plan(planner, Row("A.MP3"))!, "h2")).ErrorId);
    }

    [Fact]
    public void The_second_of_several_results_counts_as_a_file_too()
    {
        OutputPlanner planner = Planner();
        planner.Claim(Plan(planner, Row("a.mp3") with { NumberResults = "2" })!, "h1");
        Assert.Throws<TtsException>(() => planner.Claim(Plan(planner, Row("a-2.mp3"))!, "h2"));
    }

    [Fact]
    public void Without_a_folder_or_a_path_nothing_is_saved() =>
        Assert.Null(Plan(new OutputPlanner(null, false, Path.GetFullPath), new SpeechRow { Text = "x", Id = "y" }));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("~")]
    [InlineData("out/")]
    [InlineData("out\\")]
    [InlineData("out/.")]
    [InlineData("out/..")]
    [InlineData("C:")]
    public void A_path_that_names_a_folder_is_refused_with_and_without_a_directory(string path)
    {
        foreach (OutputPlanner planner in new[] { Planner(), Anywhere() })
            AssertRefused(planner, Row(path), "names a folder");
    }

    [Fact]
    public void A_folder_that_is_there_is_refused_but_for_a_file_next_to_it_that_is_there_too()
    {
        string folder = Path.Combine(_folder.Path, "intro");
        Directory.CreateDirectory(folder);
        foreach ((OutputPlanner planner, string path) in new[] { (Planner(), "intro"), (Anywhere(), folder), (Planner(), "{Id}") })
        {
            SpeechRow row = Row(path) with { Id = "intro" };
            AssertRefused(planner, row, "is a folder");
            Assert.NotNull(Plan(planner, row with { OutputPath = path + ".mp3" }));
            if (!Path.IsPathRooted(path))
                Assert.NotNull(Plan(planner, row with { OutputPath = $"./{path}.mp3" }));
            File.WriteAllText(folder + ".mp3", "of an earlier run");
            Assert.Equal(folder + ".mp3", Plan(planner, row)!.FullPath);
            File.Delete(folder + ".mp3");
        }

        // A row's Id is its name, and no path.
        Assert.Equal(folder + ".mp3", Plan(Planner(), new SpeechRow { Text = "x", Id = "intro" })!.FullPath);
    }

    [Theory]
    [InlineData(251, 1, true)]
    [InlineData(252, 1, false)]
    [InlineData(249, 2, true)]
    [InlineData(250, 2, false)]
    public void A_name_that_is_too_long_is_refused_before_anything_is_sent_and_so_is_its_number(int length, int results, bool isGood)
    {
        SpeechRow row = Row(Path.Combine(_folder.Path, $"{new string('x', length)}.mp3")) with { NumberResults = $"{results}" };
        if (!isGood)
        {
            AssertRefused(Anywhere(), row, "255");
            return;
        }

        OutputTarget target = Plan(Anywhere(), row)!;
        File.WriteAllText(target.PathOf(results - 1), "it can be");
    }

    [Fact]
    public void A_path_that_is_too_long_counts_with_the_name_that_its_file_has_meanwhile()
    {
        string folder = Path.Combine(_folder.Path, string.Join("/", Enumerable.Repeat(new string('x', 199), 20)));
        folder += "/" + new string('x', 4095 - folder.Length - "//x.mp3".Length);
        AssertRefused(Anywhere(), Row(folder + "/x.mp3"), "4095");
        Assert.NotNull(Plan(Anywhere(), Row($"{folder[..^33]}/x.mp3")));
    }

    [Fact]
    public void A_row_that_is_declined_leaves_its_file_to_those_after_it()
    {
        OutputPlanner planner = Planner();
        IReadOnlyList<string> claimed = planner.Claim(Plan(planner, Row("a.mp3"))!, "h1");
        Assert.Empty(planner.Claim(Plan(planner, Row("a.mp3"))!, "h1"));
        planner.Release(claimed);
        Assert.Single(planner.Claim(Plan(planner, Row("a.mp3"))!, "h2"));
        Assert.Equal("OutputPathTaken", Assert.Throws<TtsException>(() => planner.Claim(Plan(planner, Row("a.mp3"))!, "h1")).ErrorId);
    }

    private static void AssertRefused(OutputPlanner planner, SpeechRow row, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => Plan(planner, row));
        Assert.Equal("InvalidRequest.OutputPath", error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static OutputPlanner Anywhere() => new(null, force: false, Path.GetFullPath);

    private OutputPlanner Planner() => new(_folder.Path, force: false, Path.GetFullPath);

    private static SpeechRow Row(string path) => new() { Text = "x", OutputPath = path };

    private static OutputTarget? Plan(OutputPlanner planner, SpeechRow row) => planner.Plan(RowReader.Read(row).Request!, 7, Hash, "fallback");
}
