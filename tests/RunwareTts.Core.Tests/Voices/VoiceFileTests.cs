using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class VoiceFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Anna => VoiceFile.PathOf(_folder.Path, "anna");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Broken => new()
    {
        { "", "empty" },
        { "null", "null" },
        { "[]", "not the JSON of a voice" },
        { "{ \"version\": 1,", "line 1" },
        { "{ \"version\": 1,\n \"clip\": 5 }", "line 2, field \\$.clip" },
        { "{ \"version\": \"1\" }", "field \\$.version" },
        { "{ \"clip\": \"anna.wav\" }", "no version" },
        { "{ \"version\": 2, \"clip\": \"anna.wav\" }", "version 2.*update" },
        { "{ \"version\": 1 }", "names no clip" },
        { "{ \"version\": 1, \"clip\": \" \" }", "names no clip" },
        { "{ \"version\": 1, \"clip\": \"gone.wav\" }", "'gone.wav' does not exist" },
        { "{ \"version\": 1, \"clip\": \"..\" }", "'..' is not the plain name" },
        { "{ \"version\": 1, \"clip\": \"../anna.wav\" }", "not the plain name" },
        { "{ \"version\": 1, \"clip\": \"..\\\\anna.wav\" }", "not the plain name" },
        { "{ \"version\": 1, \"clip\": \"/etc/passwd\" }", "not the plain name" },
        { "{ \"version\": 1, \"clip\": \"C:\\\\x.wav\" }", "not the plain name" },
        { "{ \"version\": 1, \"clip\": \"anna.wav\", \"language\": \"Klingon\" }", "'Klingon' is unknown" },
        { "{ \"version\": 1, \"clip\": \"anna.wav\", \"transcript\": \"Sch\ufffdn\" }", "transcript has lost a character" },
        { "{ \"version\": 1, \"clip\": \"anna.wav\", \"transcript\": \"a\\u0000b\" }", "transcript has a NUL" },
        { "{ \"version\": 1, \"clip\": \"anna.wav\", \"transcript\": \"\\ud800\" }", "field \\$.transcript" },
        { "{ \"version\": 1, \"clip\": \"anna.wav\", \"description\": \"\ufffd\" }", "description has lost" },
        { "{ \"version\": 1, \"x\": " + new string('[', 10_000) + new string(']', 10_000) + " }", "not the JSON of a voice" },
        { "{ \"version\": 1, \"x\": \"" + new string('x', 70_000) + "\" }", "70\\d\\d\\d bytes, and 65536 are allowed" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_no_voice_is_one_error_that_names_the_file(string json, string says)
    {
        _folder.Write("anna.wav", [1]);
        File.WriteAllText(Anna, json);
        TtsException error = Assert.Throws<TtsException>(() => VoiceFile.Read(Anna));
        Assert.Equal("VoiceInvalid", error.ErrorId);
        Assert.Matches(says, error.Message);
        Assert.Contains(Anna, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("remove it (Remove-TtsVoice anna).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_encoding_is_an_error()
    {
        _folder.Write("anna.wav", [1]);
        const string json = "{ \"version\": 1, \"clip\": \"anna.wav\", \"transcript\": \"Sch\u00f6n\" }";
        foreach (System.Text.Encoding encoding in new[] { System.Text.Encoding.Latin1, System.Text.Encoding.Unicode })
        {
            File.WriteAllBytes(Anna, [.. encoding.GetPreamble(), .. encoding.GetBytes(json)]);
            Assert.Equal("VoiceInvalid", Assert.Throws<TtsException>(() => VoiceFile.Read(Anna)).ErrorId);
        }
    }

    [Theory]
    [InlineData("ryan", "preset")]
    [InlineData("my voice", "blank")]
    public void No_file_has_the_name_of_a_preset_or_none_at_all(string name, string says) =>
        Assert.Contains(says, Assert.Throws<TtsException>(() => VoiceFile.Read(_folder.WriteVoice(name))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_clip_that_is_a_link_out_of_the_folder_is_refused_and_one_inside_is_not()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TempFolder other = new();
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "out.wav"), other.Write("x.wav", [1]));
        _folder.Write("anna.wav", [1]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "in.wav"), "anna.wav");
        File.WriteAllText(Anna, """{ "version": 1, "clip": "out.wav" }""");
        Assert.Contains("leads out", Assert.Throws<TtsException>(() => VoiceFile.Read(Anna)).Message, StringComparison.Ordinal);
        File.WriteAllText(Anna, """{ "version": 1, "clip": "in.wav" }""");
        Assert.Equal(Path.Combine(_folder.Path, "in.wav"), VoiceFile.Read(Anna).Path);
    }

    [Fact]
    public void What_people_wrote_themselves_is_read()
    {
        _folder.Write("a clip.wav", [1]);
        File.WriteAllText(
            Anna,
            "{ // mine\n \"version\": 1, \"unknown\": { \"deep\": [1] }, \"clip\": \"a clip.wav\", \"language\": \"de-AT\", \"transcript\": \" Hallo \", \"description\": \"\", }",
            new System.Text.UTF8Encoding(true));
        TtsVoice voice = VoiceFile.Read(Anna);
        Assert.Equal(("anna", "Kept", "German", "Hallo", null, "Base"), (voice.Name, voice.Kind, voice.NativeLanguage, voice.Transcript, voice.Description, voice.Model));
    }

    [Fact]
    public async Task What_is_written_is_read_again_with_nothing_but_its_own_fields()
    {
        TtsVoice voice = Clips.Voice("anna", _folder.Write("anna.wav", [1])) with { Description = "\u8001 \"old\" <b>", Cost = 0.0021m, NativeLanguage = "Chinese" };
        await VoiceFile.WriteAsync(Anna, voice, replace: false);
        Assert.Equal(voice, VoiceFile.Read(Anna));
        Assert.Equal(["anna.ttsvoice.json", "anna.wav"], _folder.Files);
        string json = File.ReadAllText(Anna);
        Assert.Contains("\u8001", json, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_there_is_replaced_only_on_demand()
    {
        TtsVoice voice = Clips.Voice("anna", _folder.Write("anna.wav", [1]));
        await VoiceFile.WriteAsync(Anna, voice, replace: false);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => VoiceFile.WriteAsync(Anna, voice with { Transcript = "other" }, replace: false));
        Assert.Equal("VoiceExists", error.ErrorId);
        Assert.Equal("hello", VoiceFile.Read(Anna).Transcript);
        await VoiceFile.WriteAsync(Anna, voice with { Transcript = "other" }, replace: true);
        Assert.Equal("other", VoiceFile.Read(Anna).Transcript);
    }

    [Fact]
    public async Task A_transcript_that_no_clip_can_have_is_refused()
    {
        TtsVoice voice = Clips.Voice("anna", _folder.Write("anna.wav", [1])) with { Transcript = new string('x', 66_000) };
        Assert.Equal("InvalidRequest.Transcript", (await Assert.ThrowsAsync<TtsException>(() => VoiceFile.WriteAsync(Anna, voice, replace: false))).ErrorId);
        Assert.Equal(["anna.wav"], _folder.Files);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_OutputNotWritten()
    {
        string path = VoiceFile.PathOf(_folder.Write("file", [1]), "anna");
        Assert.Equal("OutputNotWritten", (await Assert.ThrowsAsync<TtsException>(() => VoiceFile.WriteAsync(path, Clips.Voice("anna", "x"), replace: false))).ErrorId);
    }
}
