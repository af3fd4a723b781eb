using System.Collections;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>The draft voices, by ear of a machine: real espeak-ng, real ffmpeg.</summary>
public sealed class DraftSpeakerTests
{
    private const string Sentence = "Please stand back from the edge and let passengers leave the train first.";

    [Theory]
    [InlineData("English", "The library closes in fifteen minutes.")]
    [InlineData("Chinese", "图书馆将在十五分钟后关闭。")]
    [InlineData("Japanese", "としょかんは あと じゅうごふんで へいかん します。")]
    [InlineData("Korean", "도서관은 십오 분 후에 문을 닫습니다.")]
    [InlineData("German", "Die Bibliothek schließt in fünfzehn Minuten.")]
    [InlineData("French", "La bibliothèque fermera ses portes dans quinze minutes.")]
    [InlineData("Russian", "Библиотека закрывается через пятнадцать минут.")]
    [InlineData("Portuguese", "A biblioteca fecha em quinze minutos.")]
    [InlineData("Spanish", "La biblioteca cierra dentro de quince minutos.")]
    [InlineData("Italian", "La biblioteca chiude tra quindici minuti.")]
    public async Task Every_language_is_spoken_by_its_own_voice(string language, string text)
    {
        byte[] own = await SpeakAsync(new SpeechRow { Text = text, Language = language, Voice = "ryan", OutputFormat = "WAV" });
        Assert.InRange(Info(own).Duration.TotalSeconds, 1.5, 6);
        byte[] other = await SpeakAsync(new SpeechRow { Text = text, Language = language == "English" ? "German" : "English", Voice = "ryan", OutputFormat = "WAV" });
        Assert.NotEqual(own, other);
    }

    [Fact]
    public async Task Chinese_is_read_and_not_spelled()
    {
        // Spelled out as letters and tone digits, eleven hanzi take over eight seconds.
        byte[] audio = await SpeakAsync(new SpeechRow { Text = "图书馆将在十五分钟后关", Language = "Chinese", OutputFormat = "WAV" });
        Assert.InRange(Info(audio).Duration.TotalSeconds, 1.5, 4.5);
    }

    [Theory]
    [InlineData("0.25", 4)]
    [InlineData("0.4", 2.5)]
    [InlineData("0.5", 2)]
    [InlineData("2", 0.5)]
    [InlineData("4", 0.25)]
    public async Task Speed_is_the_speed(string speed, double factor)
    {
        double plain = Info(await SpeakAsync(new SpeechRow { Text = Sentence, Voice = "dylan", OutputFormat = "WAV", Language = "en" })).Duration.TotalSeconds;
        double changed = Info(await SpeakAsync(new SpeechRow { Text = Sentence, Voice = "dylan", OutputFormat = "WAV", Language = "en", Speed = speed })).Duration.TotalSeconds;
        Assert.InRange(changed / plain / factor, 0.85, 1.15);
    }

    [Theory]
    [InlineData("-v is no option here")]
    [InlineData("--version")]
    [InlineData("<break time=\"9s\"/> & 'quotes' \"double\"")]
    public async Task Text_is_text_and_never_an_option(string text) =>
        Assert.InRange(Info(await SpeakAsync(new SpeechRow { Text = text, OutputFormat = "WAV" })).Duration.TotalSeconds, 0.4, 8);

    [Fact]
    public async Task A_text_without_anything_to_speak_is_refused() =>
        Assert.Equal("InvalidRequest.Text", (await Assert.ThrowsAsync<TtsException>(() => SpeakAsync(new SpeechRow { Text = "...", OutputFormat = "WAV" }))).ErrorId);

    [Fact]
    public async Task MaxNewTokens_cuts_as_the_models_do()
    {
        // 25 tokens are two seconds.
        Assert.Equal(2, Info(await SpeakAsync(new SpeechRow { Text = Sentence, MaxNewTokens = "25", OutputFormat = "WAV" })).Duration.TotalSeconds, 3);
    }

    [Fact]
    public async Task A_kept_voice_is_drafted_by_its_description_and_else_by_the_voice_of_the_language()
    {
        SpeechRequest preset = RowReader.Read(new SpeechRow { Text = Sentence, OutputFormat = "WAV", Language = "English" }).Request!;
        const string Description = "An old woman, slow and low";
        byte[] described = await SpeakAsync(Kept(preset, Description));
        byte[] recorded = await SpeakAsync(Kept(preset, null));
        Assert.Equal(await SpeakAsync(preset with { Voice = "design", VoiceDescription = Description }), described);
        Assert.Equal(await SpeakAsync(preset), recorded);
        Assert.Null(new OfflineProvider().FindUnsupported(Kept(preset, null), wait: true));
    }

    [Fact]
    public void What_it_cannot_do_is_refused_by_name()
    {
        OfflineProvider offline = new();
        string? Why(SpeechRow row, bool wait = true) => offline.FindUnsupported(RowReader.Read(row).Request!, wait)?.ErrorId;
        SpeechRow row = new() { Text = "x" };
        Assert.Null(Why(row));
        Assert.Equal("NotSupported.WebhookUrl", Why(row with { WebhookUrl = "https://a.example/" }));
        Assert.Equal("NotSupported.UploadEndpoint", Why(row with { UploadEndpoint = "https://a.example/" }));
        Assert.Equal("NotSupported.Ttl", Why(row with { Ttl = "60" }));
        Assert.Equal("NotSupported.OutputType", Why(row with { OutputType = "URL" }));
        Assert.Equal("NotSupported.Voice", Why(row with { Voice = "newvoice" }));
        Assert.Equal("NotSupported.Model", Why(row with { Model = "alibaba:qwen@4" }));
        Assert.Equal("NotSupported.Async", Why(row, wait: false));
        Assert.Equal("NotSupported.Option", Why(row with { Option = new Hashtable { ["seed"] = 1 } }));
        Assert.Equal("NotSupported.ReferenceAudio", Why(row with { ReferenceAudio = "clip.wav", Transcript = "x" }));
    }

    [Fact]
    public void A_draft_that_takes_too_long_is_stopped_and_owes_nothing()
    {
        SpeechRow row = new() { Text = string.Concat(Enumerable.Repeat("Please stand back. ", 100)), NumberResults = "20" };
        TtsException error = Assert.Single(Batches.Run(new OfflineProvider(), [row], null, Service.Quick with { Timeout = TimeSpan.FromSeconds(0.2) }).Errors());
        Assert.Equal("TaskTimeout", error.ErrorId);
        Assert.DoesNotContain("paid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hanja_are_warned_of()
    {
        OfflineProvider offline = new();
        Assert.Contains("hangul", offline.CautionFor(RowReader.Read(new SpeechRow { Text = "大韓民國 만세" }).Request!), StringComparison.Ordinal);
        Assert.Null(offline.CautionFor(RowReader.Read(new SpeechRow { Text = "대한민국 만세" }).Request!));
        Assert.Null(offline.CautionFor(RowReader.Read(new SpeechRow { Text = "图书馆", Language = "zh" }).Request!));
    }

    [Fact]
    public void A_batch_speaks_and_says_once_that_these_are_drafts()
    {
        using TempFolder folder = new();
        List<BatchEvent> events = Batches.Run(new OfflineProvider(), [new SpeechRow { Text = "One", Id = "a" }, new SpeechRow { Text = "Two", Id = "b", NumberResults = "2" }], folder.Path, Service.Quick);
        Assert.Contains("not Qwen3-TTS", Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        Assert.All(events.Spoken(), s => Assert.Equal(("Offline", (decimal?)null), (s.Provider, s.Cost)));
        Assert.Equal(["a.mp3", "b-1.mp3", "b-2.mp3"], folder.Files);
    }

    private static SpeechRequest Kept(SpeechRequest request, string? description) => request with
    {
        Model = SpeechCatalog.Base.ModelId,
        Voice = "anna",
        KeptVoice = new TtsVoice { Name = "anna", Model = "Base", Description = description },
    };

    private static Task<byte[]> SpeakAsync(SpeechRow row) => SpeakAsync(RowReader.Read(row).Request!);

    private static Task<byte[]> SpeakAsync(SpeechRequest request) => DraftSpeaker.SpeakAsync(request, 0, CancellationToken.None);

    private static TtsAudioInfo Info(byte[] audio)
    {
        using MemoryStream stream = new(audio);
        return AudioInfoReader.Read(stream);
    }
}
