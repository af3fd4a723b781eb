using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Moments that no HTTP service can be made to hit: a provider that stops, hangs or fails exactly then.</summary>
public sealed class BatchCornersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly BatchOptions Split = Service.Quick with { Split = true, ThrottleLimit = 1 };

    private static SpeechRow Book(int sentences) => new()
    {
        Id = "book",
        Voice = "ryan",
        Language = "English",
        OutputPath = "book.wav",
        MaxNewTokens = "256",
        Text = string.Join(" ", Enumerable.Range(0, sentences).Select(s => $"Sentence {s} is neither very long nor very short but of a size that fills a part all by itself, or nearly so, as one can see when one looks at it, and nothing else is to be said.")),
    };

    [Fact]
    public void The_parts_of_a_text_are_fetched_a_few_at_once()
    {
        Fake fake = new();
        List<BatchEvent> first = Batches.Run(fake, [Book(60)], _folder.Path, Split);
        Assert.Empty(first.Errors());
        int parts = fake.Submitted;
        Directory.Delete(Path.Combine(_folder.Path, "book.wav.parts"), true);
        File.Delete(Path.Combine(_folder.Path, "book.wav"));
        fake.Most = 0;
        fake.Wait = TimeSpan.FromMilliseconds(500);
        List<BatchEvent> second = Batches.Run(fake, [Book(60)], _folder.Path, Split);
        Assert.Empty(second.Errors());
        Assert.Equal(parts, fake.Submitted);
        Assert.True(fake.Most <= 4, $"{fake.Most} downloads at once of {parts} parts, ThrottleLimit 1");
    }

    [Fact]
    public void No_more_parts_are_paid_for_while_no_download_comes()
    {
        Fake fake = new() { Hang = true };
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        using SpeechBatch batch = new(fake, Split, new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger);
        SpeechRow row = Book(60);
        batch.Start(batch.Plan(row, row, row));
        Thread.Sleep(1000);
        Assert.True(fake.Submitted <= 5, $"{fake.Submitted} tasks were paid for and none is saved");
    }

    [Fact]
    public void No_part_is_sent_after_one_has_failed()
    {
        Fake fake = new() { Fails = true };
        List<BatchEvent> events = Batches.Run(fake, [Book(4000)], _folder.Path, Split);
        Assert.Single(events.Errors());
        Assert.Equal(1, fake.Submitted);
    }

    [Fact]
    public void Warnings_of_parts_come_also_when_they_cannot_be_joined()
    {
        Fake fake = new() { OddRate = true, Seconds = 0.2 };
        List<BatchEvent> events = Batches.Run(fake, [Book(4)], _folder.Path, Split);
        Assert.Single(events.Errors());
        Assert.Contains(events.OfType<BatchEvent.Warned>(), w => w.Message.Contains("too short", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_as_the_batch_was_stopped_is_written_down()
    {
        Fake fake = new();
        using (TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path))
        {
            SpeechBatch batch = new(fake, Service.Quick, new OutputPlanner(_folder.Path, false, Path.GetFullPath, ledger), ledger);
            fake.Sent = batch.Dispose;
            SpeechRow row = new() { Text = "Hello there", Id = "hello", Voice = "ryan", OutputFormat = "WAV" };
            batch.Start(batch.Plan(row, row, row));
            for (int n = 0; n < 200 && !Written().Contains("completed", StringComparison.Ordinal); n++)
                await Task.Delay(50);
        }

        Assert.Contains("\"event\":\"completed\"", Written(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_comes_though_the_next_cannot_be_tagged()
    {
        Fake fake = new();
        SpeechRow row = new() { Text = "Hello there", Id = "two", Voice = "ryan", OutputFormat = "WAV", NumberResults = "2" };
        TtsSpeech[] spoken = Batches.Run(fake, [row], _folder.Path, Service.Quick).Spoken();
        Assert.Equal(2, spoken.Length);
        // The second is damaged, its time and length stay.
        FileInfo second = new(spoken[1].Path!);
        DateTime time = second.LastWriteTimeUtc;
        File.WriteAllBytes(second.FullName, new byte[second.Length]);
        File.SetLastWriteTimeUtc(second.FullName, time);
        TaskRow task = new() { TaskUUID = spoken[0].TaskUUID.ToString(), Id = "two", NumberResults = "2", OutputFormat = "WAV" };
        List<BatchEvent> events = Waits.For(fake, task, _folder.Path, new System.Collections.Hashtable { ["title"] = "x" });
        Assert.Single(events.Errors());
        Assert.Single(events.Spoken());
    }

    [Fact]
    public void A_time_out_names_no_file_before_their_number_is_known()
    {
        Fake fake = new() { IsPartial = true };
        Guid id = Guid.NewGuid();
        TaskRow task = new() { TaskUUID = id.ToString(), Id = "two", OutputFormat = "WAV" };
        List<BatchEvent> first = Waits.For(fake, task, _folder.Path, null, Service.Quick with { Timeout = TimeSpan.FromSeconds(2) });
        string[] files = _folder.Files;
        fake.IsPartial = false;
        List<BatchEvent> events = Waits.For(fake, task, _folder.Path, null);
        Assert.True(_folder.Files.SequenceEqual(["two-1.wav", "two-2.wav"]), string.Join(", ", _folder.Files) + " | after time-out: " + string.Join(", ", files) + " | " + string.Join("; ", first.Concat(events).Errors().Select(e => e.Message)));
    }

    [Fact]
    public void A_task_of_another_machine_that_was_partly_saved_can_be_saved_wholly_later()
    {
        Fake fake = new() { IsPartial = true };
        Guid id = Guid.NewGuid();
        TaskRow task = new() { TaskUUID = id.ToString(), Id = "two", OutputFormat = "WAV", NumberResults = "2" };
        List<BatchEvent> first = Waits.For(fake, task, _folder.Path, null, Service.Quick with { Timeout = TimeSpan.FromSeconds(2) });
        Assert.Single(first.Spoken());
        fake.IsPartial = false;
        List<BatchEvent> events = Waits.For(fake, task, _folder.Path, null);
        Assert.True(events.Errors().Length == 0, string.Join("; ", events.Errors().Select(e => e.Message)));
        Assert.Equal(2, events.Spoken().Length);
    }

    private string Written()
    {
        string path = LedgerLocation.FileIn(_folder.Path);
        if (!File.Exists(path))
            return "";
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static class Waits
    {
        public static List<BatchEvent> For(ISpeechProvider provider, TaskRow row, string folder, System.Collections.Hashtable? tags, BatchOptions? options = null)
        {
            using TaskLedger ledger = LedgerLocation.OpenDirectory(folder);
            using TaskBatch batch = new(provider, options ?? Service.Quick, AudioTags.Read(tags));
            batch.Add(row, new OutputPlanner(folder, false, path => path, ledger), row);
            return [.. batch.Take(all: true, CancellationToken.None)];
        }
    }

    private sealed class Fake : ISpeechProvider
    {
        private readonly object _lock = new();
        private int _now;
        private int _submitted;
        public int Submitted => _submitted;
        public int Most { get; set; }
        public TimeSpan Wait { get; set; }
        public bool Hang { get; set; }
        public bool Fails { get; set; }
        public bool OddRate { get; set; }
        public bool IsPartial { get; set; }
        public double Seconds { get; set; } = 12;
        public Action? Sent { get; set; }

        public string Name => "Runware";
        public bool KeepsVoices => true;

        public bool UploadsResults => true;

        public bool ChargesNothing => false;
        public string? Caution => null;
        public string? CautionFor(SpeechRequest request, CancellationToken token = default) => null;
        public TtsException? FindUnsupported(SpeechRequest request, bool wait) => null;
        public void EnsureReady() { }

        public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
        {
            int n = Interlocked.Increment(ref _submitted);
            await Task.Delay(5, CancellationToken.None);
            if (Fails)
                throw new TtsException("Runware.no", TtsErrorKind.InvalidResult, "No.");
            Sent?.Invoke();
            return new TaskAnswer { Results = [.. Enumerable.Range(0, request.NumberResults).Select(i => Result(task, i, n))] };
        }

        private static SpeechResult Result(Guid task, int i, int n) => new($"{task}-{i}", new Uri($"https://x.example/{n}-{i}.wav"), null, 0.001m);

        public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
            Task.FromResult<IReadOnlyDictionary<Guid, TaskAnswer>>(tasks.ToDictionary(t => t, t => new TaskAnswer
            {
                Results = [.. Enumerable.Range(0, IsPartial ? 1 : 2).Select(i => Result(t, i, 7))],
                IsRunning = IsPartial,
            }));

        public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => Task.FromResult<TaskAnswer?>(null);

        public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) => Task.FromResult<decimal?>(null);

        public async Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token)
        {
            lock (_lock)
                Most = Math.Max(Most, ++_now);
            try
            {
                await Task.Delay(Hang ? Timeout.InfiniteTimeSpan : Wait, token);
                byte[] wav = Wavs.Silence(Seconds);
                if (OddRate && result.Url!.AbsolutePath.StartsWith("/2-", StringComparison.Ordinal))
                    wav = Audio.TestSignal.Wav(Audio.TestSignal.Chunk("fmt ", Audio.TestSignal.PcmFormat(16000, 1)), Audio.TestSignal.Chunk("data", new byte[6400]));
                await destination.WriteAsync(wav, token);
            }
            finally
            {
                lock (_lock)
                    _now--;
            }
        }
    }
}
