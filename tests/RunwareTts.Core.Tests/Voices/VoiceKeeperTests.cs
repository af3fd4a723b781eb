using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class VoiceKeeperTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _source = new();

    private string Voices => Path.Combine(_folder.Path, "voices");

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task A_voice_is_a_file_and_a_copy_of_its_clip()
    {
        TtsVoice kept = await KeepAsync("anna", "one");
        Assert.Equal(Path.Combine(Voices, "anna.wav"), kept.Path);
        Assert.Equal(["anna.ttsvoice.json", "anna.wav"], Names());
        Assert.Equal(kept, new VoiceLibrary([Voices]).Find("Anna"));
        Assert.Equal(["one"], _source.Files);
    }

    [Fact]
    public async Task One_that_is_there_stays_as_it_is()
    {
        TtsVoice kept = await KeepAsync("anna", "one");
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => KeepAsync("ANNA", "two"));
        Assert.Equal("VoiceExists", error.ErrorId);
        Assert.Contains("-Force", error.Message, StringComparison.Ordinal);
        Assert.Equal("one", File.ReadAllText(kept.Path!));
        Assert.Equal(["anna.ttsvoice.json", "anna.wav"], Names());
    }

    [Fact]
    public async Task One_that_is_replaced_keeps_its_name_and_loses_its_clip()
    {
        await KeepAsync("anna", "one");
        TtsVoice second = await KeepAsync("ANNA", "two", replace: true);
        Assert.Equal("anna", second.Name);
        Assert.Equal("two", File.ReadAllText(second.Path!));
        Assert.Equal([Path.GetFileName(second.Path!), "anna.ttsvoice.json"], Names());
        TtsVoice third = await VoiceKeeper.KeepAsync(Voices, second with { Transcript = "changed" }, "WAV", replace: true, CancellationToken.None);
        Assert.Equal(["anna.ttsvoice.json", "anna.wav"], Names());
        Assert.Equal("two", File.ReadAllText(third.Path!));
    }

    [Fact]
    public async Task A_broken_one_is_replaced_too()
    {
        Directory.CreateDirectory(Voices);
        File.WriteAllText(VoiceFile.PathOf(Voices, "anna"), "{");
        await KeepAsync("anna", "one", replace: true);
        Assert.NotNull(new VoiceLibrary([Voices]).Find("anna"));
    }

    [Fact]
    public async Task A_file_of_the_clips_name_that_is_no_clip_is_not_touched()
    {
        Directory.CreateDirectory(Voices);
        File.WriteAllText(Path.Combine(Voices, "anna.wav"), "mine");
        TtsVoice kept = await KeepAsync("anna", "one");
        Assert.Matches(@"^anna-[0-9a-f]{8}\.wav$", Path.GetFileName(kept.Path!));
        await VoiceKeeper.RemoveAsync(new VoiceEntry("anna", VoiceFile.PathOf(Voices, "anna")));
        Assert.Equal(["anna.wav"], Names());
    }

    /// <summary>The file comes last: where it cannot be written, there is no voice and no clip.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_written_leaves_nothing()
    {
        Directory.CreateDirectory(VoiceFile.PathOf(Voices, "anna"));
        Assert.Equal("OutputNotWritten", (await Assert.ThrowsAsync<TtsException>(() => KeepAsync("anna", "one"))).ErrorId);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_voice_that_is_removed_takes_its_clip_along_and_no_other()
    {
        await KeepAsync("anna", "one");
        await KeepAsync("ben", "two");
        await VoiceKeeper.RemoveAsync(new VoiceLibrary([Voices]).List()[0]);
        Assert.Equal(["ben.ttsvoice.json", "ben.wav"], Names());
    }

    [Fact]
    public async Task A_broken_one_can_be_removed()
    {
        using TempFolder other = new();
        string clip = other.Write("x.wav", [1]);
        _folder.Write("anna.ttsvoice.json", $$"""{ "version": 1, "clip": "../{{Path.GetFileName(other.Path)}}/x.wav" }""");
        await VoiceKeeper.RemoveAsync(new VoiceLibrary([_folder.Path]).List().Single());
        Assert.Empty(_folder.Files);
        Assert.True(File.Exists(clip));
    }

    [Fact]
    public async Task The_clip_of_another_voice_and_what_is_no_audio_stay_where_they_are()
    {
        await KeepAsync("ben", "two");
        File.WriteAllText(Path.Combine(Voices, "taxes.pdf"), "mine");
        foreach (string clip in new[] { "ben.wav", "taxes.pdf", "ben.ttsvoice.json" })
        {
            string file = VoiceFile.PathOf(Voices, "anna");
            File.WriteAllText(file, $$"""{ "version": 1, "clip": "{{clip}}" }""");
            await VoiceKeeper.RemoveAsync(new VoiceEntry("anna", file));
            File.WriteAllText(file, $$"""{ "version": 1, "clip": "{{clip}}" }""");
            await KeepAsync("anna", "one", replace: true);
            await VoiceKeeper.RemoveAsync(new VoiceEntry("anna", file));
            Assert.Equal(["ben.ttsvoice.json", "ben.wav", "taxes.pdf"], Names());
        }

        // To rename a voice, one renames its file.
        File.Move(VoiceFile.PathOf(Voices, "ben"), VoiceFile.PathOf(Voices, "carl"));
        await VoiceKeeper.RemoveAsync(new VoiceEntry("carl", VoiceFile.PathOf(Voices, "carl")));
        Assert.Equal(["taxes.pdf"], Names());
    }

    private string[] Names() => [.. Directory.GetFiles(Voices).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private Task<TtsVoice> KeepAsync(string name, string clip, bool replace = false) =>
        VoiceKeeper.KeepAsync(Voices, Clips.Voice(name, _source.Write(clip, clip)), "WAV", replace, CancellationToken.None);
}
