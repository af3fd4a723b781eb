using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Providers.Offline;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Batch;

/// <summary>New-TtsVoice -Description: a voice is cast, and kept for good.</summary>
public sealed class VoiceCastingTests : EmulatorTest
{
    private const string Announcer = "A weathered old announcer, calm and slow";

    private int _spoken;

    private string Ledger => Path.Combine(_folder.Path, "ledger");

    private string Voices => Path.Combine(_folder.Path, "voices");

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: async (order, token) =>
    {
        byte[] wav = await Emulator.DraftVoice.SpeakAsync(order, token);
        wav[^1] ^= (byte)Interlocked.Increment(ref _spoken);
        return wav;
    });

    [Fact]
    public async Task A_voice_is_cast_in_its_language_and_kept_with_its_transcript_and_cost()
    {
        TtsVoice voice = await CastAsync("announcer", "German");
        Assert.Equal(("announcer", "Kept", "Base", "German", Announcer), (voice.Name, voice.Kind, voice.Model, voice.NativeLanguage, voice.Description));
        Assert.Equal(_service.Record.Charged, voice.Cost);
        Assert.StartsWith("Guten Abend", voice.Transcript, StringComparison.Ordinal);
        Assert.Equal(["announcer.ttsvoice.json", "announcer.wav"], Kept());
        Assert.Equal(voice, new VoiceLibrary([Voices]).Find("ANNOUNCER"));
    }

    [Fact]
    public async Task Every_name_is_another_voice_and_one_that_is_there_is_replaced_by_force_only()
    {
        await CastAsync("a");
        await CastAsync("b");
        Assert.Equal(2, _service.Record.ChargedTasks);
        TtsException there = await Assert.ThrowsAsync<TtsException>(() => CastAsync("a"));
        Assert.Equal(("VoiceExists", 2), (there.ErrorId, _service.Record.ChargedTasks));
        byte[] before = File.ReadAllBytes(new VoiceLibrary([Voices]).Find("a")!.Path!);
        TtsVoice other = await CastAsync("a", force: true);
        Assert.Equal(3, _service.Record.ChargedTasks);
        Assert.NotEqual(before, File.ReadAllBytes(other.Path!));
        Assert.Equal(4, Kept().Length);
    }

    [Fact]
    public async Task One_that_was_charged_and_not_kept_is_fetched_by_the_next_try()
    {
        // As after a kill: the clip is there, or charged only, and no voice.
        string obstacle = Path.Combine(Voices, "a.ttsvoice.json");
        Directory.CreateDirectory(Path.Combine(obstacle, "in the way"));
        await Assert.ThrowsAsync<TtsException>(() => CastAsync("a", force: true));
        Directory.Delete(obstacle, recursive: true);
        Assert.Equal(1, _service.Record.ChargedTasks);
        Assert.Equal(0m, (await CastAsync("a", "Italian")).Cost);
        Assert.Equal(1, _service.Record.ChargedTasks);
        Assert.Equal("English", new VoiceLibrary([Voices]).Find("a")!.NativeLanguage);

        File.Delete(Path.Combine(Voices, "a.wav"));
        File.Delete(obstacle);
        await CastAsync("a");
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public async Task One_that_is_replaced_is_cast_in_the_language_of_each_time()
    {
        string[] languages = ["English", "French", "French", "English", "German"];
        foreach (string language in languages)
            Assert.Equal(language, (await CastAsync("a", language, force: true)).NativeLanguage);
        Assert.Equal(languages.Length, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_draft_is_no_voice_to_keep()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        TtsException refused = Assert.Throws<TtsException>(() => new VoiceCasting(new OfflineProvider(), Service.Quick, ledger));
        Assert.Equal("NotSupported.Description", refused.ErrorId);
    }

    private string[] Kept() => [.. Directory.GetFiles(Voices).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private async Task<TtsVoice> CastAsync(string name, string language = "English", bool force = false)
    {
        using TaskLedger ledger = LedgerLocation.OpenRecovery(new RecoveryFolder(Ledger));
        using VoiceCasting casting = new(_service.Provider(), Service.Quick with { Regenerate = force }, ledger);
        return (await casting.CastAsync(casting.Plan(name, Announcer, language, Voices), CancellationToken.None)).Voice;
    }
}
