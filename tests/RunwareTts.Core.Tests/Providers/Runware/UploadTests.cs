using System.Collections;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;
using RunwareTts.Tests.Batch;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>The service puts the audio where each row says: the emulator really does, and nginx really takes it.</summary>
public sealed class UploadTests : EmulatorTest
{
    private static readonly SpeechRow Hello = new() { Text = "This text is put into somebody's store.", Voice = "ryan" };

    [NginxFact]
    public void Each_rows_audio_arrives_at_its_own_place_as_it_was_asked_for()
    {
        using Nginx nginx = new();
        SpeechRow[] rows =
        [
            Hello with { Id = "a", OutputFormat = "MP3", Bitrate = "96", SampleRate = "44100", UploadEndpoint = nginx.Presigned("store/a.mp3") },
            Hello with { Id = "b", OutputFormat = "OGG", SampleRate = "24000", Channels = "1", UploadEndpoint = nginx.Presigned("store/deep/er/b.ogg") },
            Hello with { Id = "c", OutputFormat = "FLAC", OutputType = "base64Data", UploadEndpoint = nginx.Presigned("store/c.flac") },
            Hello with { Id = "d", OutputFormat = "WAV", OutputType = "dataURI", UploadEndpoint = nginx.Presigned("store/d.wav") },
            Hello with { Id = "e", OutputFormat = "WAV" },
        ];
        List<BatchEvent> events = _service.Run(rows, _folder.Path);

        Assert.Empty(events.Errors());
        TtsSpeech[] speeches = events.Spoken();
        Assert.Equal(["a", "b", "c", "d", "e"], speeches.Select(s => s.Id));
        IReadOnlyDictionary<string, byte[]> arrived = nginx.Arrived;
        Assert.Equal(["store/a.mp3", "store/c.flac", "store/d.wav", "store/deep/er/b.ogg"], arrived.Keys.Order(StringComparer.Ordinal));
        foreach (TtsSpeech speech in speeches.SkipLast(1))
        {
            byte[] bytes = arrived.Single(f => Path.GetFileNameWithoutExtension(f.Key) == speech.Id).Value;
            Assert.Equal(File.ReadAllBytes(speech.Path!), bytes);
            TtsAudioInfo audio = AudioInfoReader.Read(new MemoryStream(bytes));
            Assert.Equal(speech.OutputFormat, audio.Format);
            Assert.True(audio.Duration > TimeSpan.FromSeconds(1));
            Assert.Equal(0.0006m, speech.Cost);
        }

        Assert.Equal((44100, 96), Rate(arrived["store/a.mp3"]));
        Assert.Equal(24000, Rate(arrived["store/deep/er/b.ogg"]).SampleRate);
    }

    [NginxFact]
    public void A_task_that_is_not_waited_for_uploads_too_and_is_reported_later()
    {
        using Nginx nginx = new();
        SpeechRow row = Hello with { OutputFormat = "OGG", UploadEndpoint = nginx.Presigned("store/later.ogg") };
        TtsTask task = _service.Run([row], null, Service.Quick with { Wait = false }).OfType<BatchEvent.TaskSubmitted>().Single().Task;
        TtsSpeech speech = Assert.Single(Waits.Run(_service.Provider(), [Waits.RowOf(task)], null).Spoken());
        Assert.Equal("OGG", AudioInfoReader.Read(new MemoryStream(nginx.Arrived["store/later.ogg"])).Format);
        Assert.NotNull(speech.AudioUrl);
    }

    [NginxFact]
    public void A_store_that_refuses_is_an_error_by_name_and_the_others_go_on()
    {
        using Nginx nginx = new();
        using ClosedPort nobody = new();
        string[] refused =
        [
            nginx.Presigned("store/forged.mp3", "f0r6ed"),
            nginx.Presigned("missing/nowhere.mp3"),
            nginx.Presigned("store/small/too-large.mp3"),
            $"http://127.0.0.1:{nobody.Port}/nobody.mp3?X-Amz-Signature={Nginx.Signature}",
        ];
        SpeechRow[] rows = [.. refused.Append(nginx.Presigned("store/good.mp3")).Select((url, n) => Hello with { Id = $"row-{n}", UploadEndpoint = url })];
        List<BatchEvent> events = _service.Run(rows, _folder.Path);

        Assert.Equal(refused.Select(_ => "Runware.uploadFailed"), events.Errors().Select(e => e.ErrorId));
        Assert.Equal(rows.Take(refused.Length), events.OfType<BatchEvent.RowFailed>().Select(e => e.Source));
        Assert.All(events.Errors(), e => Assert.Equal((TtsErrorKind.ResourceUnavailable, false), (e.Kind, e.EndsPipeline)));
        Assert.All(events.Errors(), e => Assert.Contains("uploadEndpoint", e.Message, StringComparison.Ordinal));
        Assert.Equal("row-4", Assert.Single(events.Spoken()).Id);
        Assert.Equal(["store/good.mp3"], nginx.Arrived.Keys);
        Assert.Equal(["row-4.mp3"], _folder.Files);
        // A task that was taken, spoken and not put away is paid for: it is not spoken again by itself.
        Assert.Equal(rows.Length, _service.Record.Tasks.Count(t => t.TaskType == "audioInference"));
        Assert.Equal(rows.Length, _service.Record.ChargedTasks);
    }

    [NginxFact]
    public void The_signature_is_in_nothing_that_is_told()
    {
        using Nginx nginx = new();
        // The faults make the batch talk: of a repeat, of a lost answer and of words of the service that name the URL.
        string said = $$"""{"errors":[{"code":"invalidValue","message":"Cannot PUT to {{nginx.Presigned("store/x.mp3")}}","parameter":"uploadEndpoint","allowedValues":["{{nginx.Presigned("store/x.mp3")}}"]}]}""";
        _service.Faults.OnSubmit(new Fault.ErrorBody(said, 400));
        _service.Faults.OnSubmit(new Fault.Status(503));
        _service.Faults.OnSubmit(new Fault.ResetAfterAccept());
        BatchOptions oneByOne = Service.Quick with { ThrottleLimit = 1 };
        List<BatchEvent> events =
        [
            .. _service.Run(
                [
                    Hello with { Id = "a", UploadEndpoint = nginx.Presigned("store/a.mp3") },
                    Hello with { Id = "b", UploadEndpoint = nginx.Presigned("store/b.mp3") },
                    Hello with { Id = "c", UploadEndpoint = nginx.Presigned("missing/c.mp3") },
                    Hello with { Id = "a", Speed = "2", UploadEndpoint = nginx.Presigned("store/d.mp3") },
                    Hello with { Id = "e", Speed = "abc", UploadEndpoint = nginx.Presigned("store/e.mp3") },
                    Hello with { Id = "f", UploadEndpoint = nginx.Presigned("store/f.mp3").Replace("http:", "htp:", StringComparison.Ordinal) },
                ],
                _folder.Path,
                oneByOne),
            .. _service.Run([Hello with { UploadEndpoint = nginx.Presigned("store/async.mp3") }], null, oneByOne with { Wait = false }),
        ];

        Assert.Equal(
            ["InvalidRequest.Speed", "InvalidRequest.UploadEndpoint", "OutputPathTaken", "Runware.invalidValue", "UploadFailed"],
            events.Errors().Select(e => e.ErrorId).Order(StringComparer.Ordinal));
        Assert.Contains("store/b.mp3", nginx.Arrived.Keys);
        Assert.Contains(events, e => e is BatchEvent.Verbose);
        string shown = string.Join('\n', events.Select(Shown));
        Assert.Contains("uploadEndpoint", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Nginx.Signature, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Amz-Expires", shown, StringComparison.OrdinalIgnoreCase);
    }

    private static (int SampleRate, int? Bitrate) Rate(byte[] bytes)
    {
        TtsAudioInfo audio = AudioInfoReader.Read(new MemoryStream(bytes));
        return (audio.SampleRate, audio.Bitrate);
    }

    /// <summary>All of an event but the row itself, which is the caller's own.</summary>
    private static string Shown(BatchEvent happened) => happened switch
    {
        BatchEvent.SpeechMade spoken => Properties(spoken.Speech),
        BatchEvent.TaskSubmitted submitted => Properties(submitted.Task),
        BatchEvent.RowFailed failed => $"{failed.Error} {Properties(failed.Error)} {string.Join(' ', failed.Error.Data.Cast<DictionaryEntry>().Select(d => $"{d.Key} {d.Value}"))} {(failed.Error.Speech is { } speech ? Properties(speech) : "")}",
        _ => happened.ToString(),
    };

    private static string Properties(object thing) => string.Join(
        ' ',
        from property in thing.GetType().GetProperties()
        where property.Name is not ("InputObject" or "TargetSite")
        let value = property.GetValue(thing)
        select $"{property.Name}={(value is IEnumerable<string> list ? string.Join(',', list) : value)}");
}
