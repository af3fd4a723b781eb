using RunwareTts.Audio;
using RunwareTts.Joining;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tests.Files;
using RunwareTts.Tests.Joining;
using RunwareTts.Tools;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>espeak-ng, ffmpeg and MeCab as they are elsewhere, above all on Windows.</summary>
[Collection(ToolFolder.Alone)]
public sealed class OtherProgramsTests : IDisposable
{
    private const string Sentence = "Please stand back from the edge and let passengers leave the train first.";

    // As programs read their arguments on a machine of a western code page.
    private const string AnsiOnly = """
        LC_ALL=C
        for argument; do case "$argument" in *[!\ -~]*) echo "cannot open $argument" >&2; exit 2;; esac; done
        exec REAL "$@"
        """;

    // As it is built without the library sonic.
    private const string Unhurried = """
        before=
        for argument; do
            shift
            if [ "$before" = -s ] && [ "$argument" -gt 450 ]; then set -- "$@" 450; else set -- "$@" "$argument"; fi
            before=$argument
        done
        exec REAL "$@"
        """;

    private readonly ToolFolder _tools = new();
    private readonly TempFolder _folder = new();
    private readonly string _temp = Path.GetTempPath();

    public void Dispose()
    {
        SetTemp(_temp);
        _tools.Dispose();
        _folder.Dispose();
    }

    [ShellFact]
    public async Task Variants_may_be_listed_as_files_of_Windows()
    {
        _tools.Add("espeak-ng", """
            if [ "$1" = --voices=variant ]; then REAL "$@" | sed 's#!v/#!v\\#'; else exec REAL "$@"; fi
            """);
        Assert.NotEmpty(await SpeakAsync(new SpeechRow { Text = Sentence, Voice = "ryan", OutputFormat = "WAV" }));
    }

    [ShellFact]
    public async Task A_variant_that_is_not_there_is_still_missed()
    {
        _tools.Add("espeak-ng", """
            if [ "$1" = --voices=variant ]; then REAL "$@" | grep -v 'v/m1$' | grep -v 'm1 '; else exec REAL "$@"; fi
            """);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => SpeakAsync(new SpeechRow { Text = Sentence, Voice = "ryan", OutputFormat = "WAV" }));
        Assert.Contains("'m1'", error.Message, StringComparison.Ordinal);
    }

    [ShellTheory]
    [InlineData("echo 'no phontab' >&2; exit 1")]
    [InlineData("exit 0")]
    public async Task Without_voice_data_it_says_what_to_install(string script)
    {
        _tools.Add("espeak-ng", script);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => SpeakAsync(new SpeechRow { Text = Sentence, Voice = "ryan", OutputFormat = "WAV" }));
        Assert.Equal("OfflineToolFailed", error.ErrorId);
        Assert.Contains("lists no voices", error.Message, StringComparison.Ordinal);
        Assert.Contains("Install its voice data", error.Message, StringComparison.Ordinal);
    }

    [ShellTheory]
    [InlineData("2.6", "WAV")]
    [InlineData("4", "WAV")]
    [InlineData("4", "MP3")]
    public async Task An_espeak_that_goes_no_faster_is_helped(string speed, string format)
    {
        SpeechRow row = new() { Text = Sentence, Voice = "dylan", Language = "en", OutputFormat = format };
        double plain = await SecondsAsync(row);
        _tools.Add("espeak-ng", Unhurried);
        double fast = await SecondsAsync(row with { Speed = speed });
        Assert.InRange(fast / plain * double.Parse(speed, System.Globalization.CultureInfo.InvariantCulture), 0.85, 1.15);
    }

    [ShellTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_to_speak_is_nothing_at_any_speed(bool isUnhurried)
    {
        _tools.Add("espeak-ng", isUnhurried ? Unhurried : "exec REAL \"$@\"");
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => SpeakAsync(new SpeechRow { Text = "...", OutputFormat = "WAV", Speed = "4" }));
        Assert.Equal("InvalidRequest.Text", error.ErrorId);
    }

    [ShellFact]
    public async Task And_says_so_where_nothing_can_help_it()
    {
        _tools.Add("espeak-ng", Unhurried);
        _tools.HideOthers();
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => SpeakAsync(new SpeechRow { Text = Sentence, OutputFormat = "WAV", Speed = "4" }));
        Assert.Equal("OfflineToolMissing", error.ErrorId);
        Assert.Contains("450 words a minute", error.Message, StringComparison.Ordinal);
        Assert.Contains("ffmpeg", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task One_that_goes_faster_needs_no_help()
    {
        _tools.Add("espeak-ng", "exec REAL \"$@\"");
        _tools.HideOthers();
        Assert.NotEmpty(await SpeakAsync(new SpeechRow { Text = Sentence, OutputFormat = "WAV", Speed = "4" }));
    }

    [ShellTheory]
    [InlineData("WAV")]
    [InlineData("MP3")]
    public async Task A_temp_folder_of_any_name_is_good(string format)
    {
        string temp = Path.Combine(_folder.Path, "Łukasz 日本");
        Directory.CreateDirectory(temp);
        foreach (string tool in new[] { "espeak-ng", "ffmpeg" })
            _tools.Add(tool, AnsiOnly);
        SetTemp(temp);
        Assert.NotEmpty(await SpeakAsync(new SpeechRow { Text = Sentence, OutputFormat = format, Speed = "0.3" }));
        Assert.Empty(Directory.GetFileSystemEntries(temp));
    }

    [ShellFact]
    public async Task An_output_folder_of_any_name_is_good_for_a_join()
    {
        using JoinKitchen kitchen = new();
        string folder = kitchen["Łukasz"];
        Directory.CreateDirectory(folder);
        JoinPart[] parts =
        [
            .. kitchen.Bake("ogg", 24000, 1, 2).Select(part =>
            {
                string file = Path.Combine(folder, Path.GetFileName(part.Path));
                File.Move(part.Path, file);
                return part with { Path = file };
            }),
        ];
        _tools.Add("ffmpeg", AnsiOnly);
        JoinOptions options = new(Path.Combine(folder, "book.flac")) { Tags = AudioTags.Read(new Dictionary<string, object> { ["title"] = "Nacht" }) };
        Assert.Equal(2, (await JoinKitchen.JoinAsync(options, parts)).Parts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_program_that_cannot_be_started_is_missing_and_named(bool isGarbage)
    {
        string file = Path.Combine(_tools.Path, OperatingSystem.IsWindows() ? "espeak-ng.exe" : "espeak-ng");
        File.WriteAllBytes(file, isGarbage ? [0x7F, .. "ELF of another machine"u8] : []);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, isGarbage ? UnixFileMode.UserRead | UnixFileMode.UserExecute : UnixFileMode.UserRead);
        _tools.HideOthers();
        TtsException error = Assert.Single(Batches.Run(new OfflineProvider(), [new SpeechRow { Text = Sentence, OutputFormat = "WAV" }], _folder.Path, Service.Quick).Errors());
        Assert.Equal("OfflineToolMissing", error.ErrorId);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be started", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("paid", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task A_file_that_is_no_program_does_not_hide_the_one_after_it()
    {
        File.WriteAllText(Path.Combine(_tools.Path, "espeak-ng"), "a note");
        Assert.NotEmpty(await SpeakAsync(new SpeechRow { Text = Sentence, OutputFormat = "WAV" }));
    }

    [Fact]
    public async Task A_scanner_of_the_temp_folder_spoils_no_draft()
    {
        string temp = Path.Combine(_folder.Path, "temp");
        Directory.CreateDirectory(temp);
        SetTemp(temp);
        using (Scanner scanner = new(temp))
        {
            foreach (string format in new[] { "WAV", "MP3", "FLAC" })
                Assert.NotEmpty(await SpeakAsync(new SpeechRow { Text = Sentence, OutputFormat = format, MaxNewTokens = "25" }));
            Assert.True(scanner.Looks > 0);
        }

        Assert.Empty(Directory.GetFileSystemEntries(temp));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(400, false)]
    public void On_Windows_no_program_starts_in_a_very_long_folder(int length, bool isBare)
    {
        string file = Path.Combine(_folder.Path, new string('x', length), "a.ogg");
        WorkFolder folder = WorkFolder.Of(file, isWindows: true);
        Assert.Equal(isBare ? Path.GetDirectoryName(file) : null, folder.Path);
        Assert.Equal(isBare ? "a.ogg" : file, folder.NameOf(file));
    }

    [Fact]
    public void On_Windows_the_registry_is_read()
    {
        if (!OperatingSystem.IsWindows())
            return;
        Assert.All(WindowsRegistry.ReadMachine(@"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "SystemRoot"), folder => Assert.True(Directory.Exists(folder), folder));
        Assert.NotEmpty(WindowsRegistry.ReadMachine(@"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "SystemRoot"));
        Assert.Empty(WindowsRegistry.ReadMachine(@"SOFTWARE\RunwareTts nowhere", "Path"));
    }

    private static void SetTemp(string folder)
    {
        foreach (string name in OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : new[] { "TMPDIR" })
            Environment.SetEnvironmentVariable(name, folder);
    }

    private static async Task<double> SecondsAsync(SpeechRow row)
    {
        using MemoryStream stream = new(await SpeakAsync(row));
        return AudioInfoReader.Read(stream).Duration.TotalSeconds;
    }

    private static Task<byte[]> SpeakAsync(SpeechRow row) => DraftSpeaker.SpeakAsync(RowReader.Read(row).Request!, 0, CancellationToken.None);
}
