using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class VoiceLibraryTests : IDisposable
{
    private readonly TempFolder _first = new();
    private readonly TempFolder _second = new();
    private readonly VoiceLibrary _library;

    public VoiceLibraryTests() => _library = new VoiceLibrary([_first.Path, Path.Combine(_first.Path, "none"), _second.Path]);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void The_first_folder_that_has_the_name_counts()
    {
        _first.WriteVoice("anna", ", \"transcript\": \"first\"");
        _second.WriteVoice("Anna", ", \"transcript\": \"second\"");
        _second.WriteVoice("ben");
        Assert.Equal(["anna", "ben"], _library.Names);
        Assert.Equal("first", _library.Find("ANNA")!.Transcript);
        Assert.Equal("ben", _library.Find("Ben")!.Name);
        Assert.Null(_library.Find("carl"));
    }

    [Fact]
    public void A_broken_one_is_its_own_error_and_hides_no_other()
    {
        _first.WriteVoice("anna");
        _first.Write("broken.ttsvoice.json", "{");
        _second.WriteVoice("broken");
        Assert.Equal(["anna", "broken"], _library.List().Select(entry => entry.Name));
        Assert.Equal("VoiceInvalid", Assert.Throws<TtsException>(() => _library.Find("broken")).ErrorId);
        Assert.NotNull(_library.Find("anna"));
    }

    [Theory]
    [InlineData("../anna")]
    [InlineData("sub/anna")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("ryan")]
    [InlineData("auto")]
    [InlineData("\0")]
    [InlineData("CON")]
    public void What_is_no_name_finds_nothing(string name)
    {
        Directory.CreateDirectory(Path.Combine(_first.Path, "sub"));
        using TempFolder sub = new();
        _first.WriteVoice("ryan");
        _first.WriteVoice("sub/anna");
        _second.WriteVoice("anna");
        Assert.Null(_library.Find(name));
    }

    [Fact]
    public void What_comes_changes_and_goes_is_seen()
    {
        Assert.Null(_library.Find("anna"));
        string file = _first.WriteVoice("anna", ", \"transcript\": \"one\"");
        Assert.Equal("one", _library.Find("anna")!.Transcript);
        _first.WriteVoice("anna", ", \"transcript\": \"three\"");
        Assert.Equal("three", _library.Find("anna")!.Transcript);
        File.Delete(file);
        Assert.Null(_library.Find("anna"));
        Assert.Empty(_library.Names);
    }

    [Fact]
    public void An_accent_may_be_a_character_of_its_own()
    {
        _first.WriteVoice("Zoe\u0308");
        Assert.NotNull(_library.Find("zo\u00eb"));
    }

    /// <summary>A name is found although no other file can be read, because none of them is.</summary>
    [Fact]
    public void Thousands_of_others_are_not_read()
    {
        for (int i = 0; i < 3000; i++)
            _first.Write(FormattableString.Invariant($"v{i}.ttsvoice.json"), []);
        _first.WriteVoice("anna");
        Assert.NotNull(_library.Find("anna"));
        Assert.Equal(3001, _library.List().Count);
        Assert.Contains(_library.Suggest(), s => s.Value == "anna" && s.Tip.Contains(_first.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        Audio.AudioTool.Run("mkfifo", Path.Combine(_first.Path, "pipe.ttsvoice.json"));
        File.CreateSymbolicLink(Path.Combine(_first.Path, "link.ttsvoice.json"), Path.Combine(_first.Path, "pipe.ttsvoice.json"));
        Assert.Contains("not a regular file", Assert.Throws<TtsException>(() => _library.Find("pipe")).Message, StringComparison.Ordinal);
        Assert.Contains("not a regular file", Assert.Throws<TtsException>(() => _library.Find("link")).Message, StringComparison.Ordinal);
    }
}
