using System.Globalization;
using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A file bears its name when it is the audio that was asked for, whole; and what is that is never refused.</summary>
public sealed class CheckedFilesTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan", OutputFormat = "MP3" };
    private static readonly SpeechRow At24000 = Hello with { SampleRate = "24000" };

    public static TheoryData<Fault, string> Faults => new()
    {
        { new Fault.ShortDownload(), "MP3" },
        { new Fault.ShortDownload(), "WAV" },
        { new Fault.ShortDownload(), "FLAC" },
        { new Fault.ShortDownload(), "OGG" },
        { new Fault.DisguisedDownload(), "MP3" },
        { new Fault.DisguisedDownload(), "OGG" },
        { new Fault.ResampledDownload(), "MP3" },
        { new Fault.ResampledDownload(), "OGG" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_once_is_fetched_once_more(Fault fault, string format)
    {
        _service.Faults.OnDownload(fault);
        TtsSpeech speech = Assert.Single(_service.Run([Row(format)], _folder.Path).Spoken());
        Assert.Equal((format, speech.Path), (speech.Audio!.Format, speech.Audio.Path));
        Assert.Empty(speech.Audio.Faults);
        Assert.Equal((2, 1, 0), (_service.Record.Downloads, _service.Record.ChargedTasks, _service.Faults.Pending));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_twice_is_reported_and_not_saved(Fault fault, string format)
    {
        _service.Faults.OnDownload(fault, 2);
        TtsException error = Assert.Single(_service.Run([Row(format)], _folder.Path).Errors());
        Assert.Equal(("AudioInvalid", TtsErrorKind.InvalidResult, 0.0002m), (error.ErrorId, error.Kind, error.Speech!.Cost));
        Assert.Contains(fault switch { Fault.ShortDownload => "It is cut off after ", Fault.DisguisedDownload => "It is a web page", _ => "It has 16000 Hz, and 24000 Hz was requested." }, error.Message, StringComparison.Ordinal);
        Assert.Contains("Exception.Speech.AudioUrl", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("http", error.Speech.AudioUrl, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
        Assert.Equal(2, _service.Record.Downloads);

        // It was paid for: the next run only fetches it.
        Assert.Equal("Unchanged", Assert.Single(_service.Run([Row(format)], _folder.Path).Spoken()).Status);
        Assert.Equal(1, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_rate_that_nobody_asked_for_may_be_any()
    {
        _service.Faults.OnDownload(new Fault.ResampledDownload());
        Assert.Equal(16000, Assert.Single(_service.Run([Hello], _folder.Path).Spoken()).Audio!.SampleRate);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("base64Data", true)]
    [InlineData("base64Data", false)]
    public async Task What_the_service_itself_made_wrong_is_told_and_left_to_be_had(string? outputType, bool saved)
    {
        await using Service wrong = await Service.StartAsync(speak: (order, token) => DraftVoice.SpeakAsync(order with { Channels = 2, SampleRate = 44100, Bitrate = null }, token));
        TtsException error = Assert.Single(wrong.Run([At24000 with { Channels = "1", OutputType = outputType }], saved ? _folder.Path : null).Errors());
        Assert.Equal("AudioInvalid", error.ErrorId);
        Assert.Contains("It has 44100 Hz, and 24000 Hz was requested. It has 2 channels, and 1 were requested.", error.Message, StringComparison.Ordinal);
        Assert.Equal(outputType is null, error.Speech!.AudioUrl is not null);
        Assert.Equal(outputType is not null, error.Speech.AudioData is { Length: > 1000 });
        Assert.Contains(outputType is null ? "Speech.AudioUrl" : "Speech.AudioData", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("MP3", "OGG", "It is OGG, and MP3 was requested.")]
    [InlineData("WAV", null, "It contains no sound.")]
    public async Task Another_format_or_no_sound_is_refused(string asked, string? given, string says)
    {
        await using Service wrong = await Service.StartAsync(speak: async (order, token) => given is null ? Wavs.Silence(0) : await DraftVoice.SpeakAsync(order with { Format = given }, token));
        Assert.Contains(says, Assert.Single(wrong.Run([Row(asked)], _folder.Path).Errors()).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_fault_that_loses_nothing_is_told_and_not_refused()
    {
        await using Service twice = await Service.StartAsync(speak: async (order, token) => await DraftVoice.SpeakAsync(order, token) is var audio ? [.. audio, .. audio] : []);
        Assert.Equal(["Joined"], Assert.Single(twice.Run([Hello], _folder.Path).Spoken()).Audio!.Faults);
    }

    [Fact]
    public void A_result_that_is_saved_later_is_held_against_what_it_was_asked_for()
    {
        TtsSpeech unsaved = Assert.Single(_service.Run([At24000]).Spoken());
        _service.Faults.OnDownload(new Fault.ResampledDownload(), 2);
        Assert.Equal("AudioInvalid", Assert.Single(Save(unsaved).Errors()).ErrorId);
        Assert.Single(Save(unsaved).Spoken());
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Every_corner_of_the_table_is_saved()
    {
        SpeechRow[] rows =
        [
            Hello with { Id = "wav", OutputFormat = "WAV" },
            Hello with { Id = "flac", OutputFormat = "FLAC" },
            .. from format in SpeechCatalog.Formats
               from row in format.Rows
               where format.IsLossy
               from bitrate in new[] { row.MinBitrate!.Value, row.MaxBitrate!.Value }
               select Hello with { Id = $"{format.Name}-{row.SampleRate}-{row.Channels}-{bitrate}", OutputFormat = format.Name, SampleRate = Text(row.SampleRate!.Value), Channels = Text(row.Channels!.Value), Bitrate = Text(bitrate) },
        ];
        Assert.Equal(58, rows.Length);
        List<BatchEvent> events = _service.Run(rows, _folder.Path, Service.Quick with { Timeout = TimeSpan.FromMinutes(2) });
        Assert.Empty(events.Errors().Select(e => e.Message));
        Assert.All(events.Spoken(), speech => Assert.Empty(speech.Audio!.Faults));
        Assert.All(events.Spoken(), speech => Assert.Equal((speech.OutputFormat, speech.Bitrate, speech.SampleRate ?? 22050, speech.Channels ?? 1), (speech.Audio!.Format, speech.Audio.Bitrate, speech.Audio.SampleRate, speech.Audio.Channels)));
        Assert.Equal(rows.Length, _service.Record.Downloads);
    }

    // WAV and FLAC take no sample rate.
    private static SpeechRow Row(string format) => format is "MP3" or "OGG" ? At24000 with { OutputFormat = format } : Hello with { OutputFormat = format };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private List<BatchEvent> Save(TtsSpeech speech)
    {
        using SaveBatch batch = new(_service.Endpoint);
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        batch.Add(speech, null, new OutputPlanner(_folder.Path, force: false, Path.GetFullPath, ledger), speech);
        return [.. batch.Take(all: true, CancellationToken.None)];
    }
}
