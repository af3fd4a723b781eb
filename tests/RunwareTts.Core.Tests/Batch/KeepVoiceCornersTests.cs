using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Batch;

/// <summary>-KeepVoice where a casting is stopped, shared, spoiled or asked for again.</summary>
public sealed class KeepVoiceCornersTests : EmulatorTest
{
    private const string Announcer = "A weathered old announcer, calm and slow";
    private const int Rate = 8000;

    private static readonly string Name = KeptName.Of(Announcer);
    private static readonly BatchOptions Keep = Service.Quick with { KeepVoice = true };

    private int _spoken;
    private bool _isSilent;
    private TaskCompletionSource? _casting;

    private string Voices => Path.Combine(_folder.Path, "voices");

    private protected override Task<Service> StartAsync() => Service.StartAsync(speak: async (order, token) =>
    {
        if (_casting is { } wait && order.Clip is null)
            await wait.Task.WaitAsync(token);
        if (_isSilent)
            return TestSignal.Wav(TestSignal.Chunk("fmt ", TestSignal.PcmFormat(Rate, 1)), TestSignal.Chunk("data", new byte[Rate * 6]));
        byte[] wav = TestSignal.MakeWav(Rate, 1, 3 * Rate);
        wav[^1] ^= (byte)Interlocked.Increment(ref _spoken);
        return wav;
    });

    [Fact]
    public async Task A_voice_that_is_cast_again_and_stopped_is_not_cast_a_third_time()
    {
        Spoken([Row(1)]);
        Directory.Delete(Voices, recursive: true);
        _casting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path))
        {
            using SpeechBatch batch = Batch(ledger, Keep);
            batch.Start(batch.Plan(Row(2), null, null));
            while (_service.Sent("audioInference").Length < 3)
                await Task.Delay(5);
        }

        _casting.SetResult();
        Assert.Single(Spoken([Row(2)]));
        Assert.Equal((2, 2), (Charged("VoiceDesign"), Charged("Base")));
    }

    [Fact]
    public void Two_pipelines_on_one_folder_cast_a_voice_once()
    {
        for (int round = 0; round < 3; round++)
        {
            using TaskLedger first = LedgerLocation.OpenDirectory(_folder.Path);
            using TaskLedger second = LedgerLocation.OpenDirectory(_folder.Path);
            using SpeechBatch one = Batch(first, Keep);
            using SpeechBatch two = Batch(second, Keep);
            PlannedRow a = one.Plan(Row(10 + round), null, null);
            PlannedRow b = two.Plan(Row(20 + round), null, null);
            one.Start(a);
            two.Start(b);
            BatchEvent[] events = [.. one.Take(all: true, CancellationToken.None), .. two.Take(all: true, CancellationToken.None)];
            Assert.Empty(events.Errors().Select(e => e.Message));
            Assert.Equal(2, events.Spoken().Length);
            Assert.Equal(round + 1, Charged("VoiceDesign"));
            Directory.Delete(Voices, recursive: true);
        }
    }

    [Fact]
    public void A_row_without_a_name_has_one_file_by_its_description_and_as_a_result()
    {
        TtsSpeech first = Spoken([Row(1) with { Id = null }])[0];
        SpeechRow again = new() { Text = first.Text, Model = first.Model, Voice = first.Voice, VoiceDescription = first.VoiceDescription, OutputFormat = first.OutputFormat };
        foreach (bool keep in new[] { true, false })
        {
            TtsSpeech same = Spoken([again], Keep with { KeepVoice = keep })[0];
            Assert.Equal((first.Path, "Unchanged"), (same.Path, same.Status));
        }
    }

    [Fact]
    public void A_casting_that_is_no_clip_is_charged_once_and_cast_again_when_its_clip_is_removed()
    {
        _isSilent = true;
        string clip = Path.Combine(Voices, $"{Name}.wav");
        for (int run = 0; run < 2; run++)
        {
            TtsException error = Assert.Single(_service.Run([Row(1)], _folder.Path, Keep).Errors());
            Assert.Equal("VoiceInvalid", error.ErrorId);
            Assert.Contains(clip, error.Message, StringComparison.Ordinal);
            Assert.Equal((1, 0), (Charged("VoiceDesign"), Charged("Base")));
        }

        _isSilent = false;
        File.Delete(clip);
        Spoken([Row(1)]);
        Assert.Equal((2, 1), (Charged("VoiceDesign"), Charged("Base")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_result_whose_description_was_changed_is_not_spoken_by_the_old_voice(bool keep)
    {
        TtsSpeech first = Spoken([Row(1)])[0];
        SpeechRow changed = new()
        {
            Id = first.Id, Text = first.Text, Model = first.Model, Voice = first.Voice, VoiceDescription = "A bright young girl", OutputFormat = first.OutputFormat,
        };
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        using SpeechBatch batch = Batch(ledger, Keep with { KeepVoice = keep });
        batch.Start(batch.Plan(changed, null, null));
        TtsException error = Assert.Single(batch.Take(all: true, CancellationToken.None).Errors());
        Assert.Equal("InvalidRequest.VoiceDescription", error.ErrorId);
    }

    [Fact]
    public void Two_long_texts_without_a_folder_share_one_casting_and_each_has_its_own_voice()
    {
        string text = string.Concat(Enumerable.Repeat("This is a sentence of a long book. ", 90));
        SpeechRow[] books =
        [
            .. new[] { "a", "b" }.Select(n => new SpeechRow
            {
                Text = $"{n}. {text}", VoiceDescription = Announcer, OutputFormat = "WAV", OutputPath = Path.Combine(_folder.Path, n, "book.wav"),
            }),
        ];
        List<BatchEvent> events = _service.Run(books, null, Keep with { Split = true });
        Assert.Empty(events.Errors().Select(e => e.Message));
        Assert.Equal(1, Charged("VoiceDesign"));
        string[] clips = [.. new[] { "a", "b" }.Select(n => Path.Combine(_folder.Path, n, "book.wav.parts", $"{Name}.wav"))];
        Assert.Equal(File.ReadAllBytes(clips[0]), File.ReadAllBytes(clips[1]));
        Assert.All(clips, clip => Assert.True(File.Exists(Path.ChangeExtension(clip, ".ttsvoice.json"))));
    }

    [Fact]
    public void A_result_in_a_folder_without_its_voice_is_one_problem_that_says_what_to_do()
    {
        SpeechRow row = Row(1) with { Voice = Name, Model = "Base" };
        TtsException error = Assert.Single(_service.Run([row], _folder.Path, Service.Quick).Errors());
        Assert.Contains("-KeepVoice to cast it again", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("belongs to VoiceDesign", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_refused_is_one_error_and_ends_all_that_wait_for_the_voice()
    {
        List<BatchEvent> events = _service.Run(Enumerable.Range(1, 9).Select(Row), _folder.Path, Keep, key: "wrong-key-000000");
        Assert.All(events.Errors(), e => Assert.True(e.EndsPipeline));
        Assert.Equal(1, _service.Record.Requests);
    }

    private static SpeechRow Row(int n) =>
        new() { Id = $"{n:000}", Text = $"This is part {n} of the book.", VoiceDescription = Announcer, OutputFormat = "WAV" };

    private int Charged(string model) => _service.Record.Charges.Count(c => c.Model == SpeechCatalog.FindModel(model)!.ModelId);

    private SpeechBatch Batch(TaskLedger ledger, BatchOptions options) => new(
        _service.Provider(), options, new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger,
        new VoiceSources(new VoiceLibrary([Voices]), new ClipReader(Path.GetFullPath)));

    private TtsSpeech[] Spoken(IEnumerable<SpeechRow> rows, BatchOptions? options = null)
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        using SpeechBatch batch = Batch(ledger, options ?? Keep);
        foreach (SpeechRow row in rows)
            batch.Start(batch.Plan(row, row, row));
        BatchEvent[] events = [.. batch.Take(all: true, CancellationToken.None)];
        Assert.Empty(events.Errors().Select(e => e.Message));
        return events.Spoken();
    }
}
