using System.Collections;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Requests;
using RunwareTts.Tags;
using RunwareTts.Tests.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Tests.Joining;

/// <summary>Subtitles, chapters and tags, as another program reads them.</summary>
public sealed class JoinTextTests : IDisposable
{
    private const string Long = "It was late, and the lamps on the platform had been lit for an hour when the train from Dover came in at last.";
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [Fact]
    public async Task Srt_has_cues_for_each_part_at_its_true_time()
    {
        JoinPart[] parts = Parts();
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.wav"]) { Gap = 0.25, ParagraphGap = 60, Subtitle = "srt" }, parts);
        Assert.Equal(_kitchen["book.srt"], joined.SubtitlePath);
        byte[] bytes = File.ReadAllBytes(joined.SubtitlePath!);
        Assert.Equal((byte)'1', bytes[0]);
        string[] cues = Encoding.UTF8.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("1\n00:00:00,000 --> 00:00:00,200\n", cues[0], StringComparison.Ordinal);
        Assert.StartsWith("2\n00:00:00,200 --> 00:00:00,405\n", cues[1], StringComparison.Ordinal);
        Assert.Equal(Long, string.Join(' ', cues.Take(2).SelectMany(cue => cue.Split('\n').Skip(2))));
        Assert.Equal(["3\n00:00:00,655 --> 00:00:01,263\na → b <i> & c", "4\n00:01:01,263 --> 00:01:02,074\n終わり。"], cues.Skip(2));
    }

    [Theory]
    [InlineData("VTT", ".vtt", "WEBVTT")]
    [InlineData("Srt", ".srt", "1\n")]
    public async Task The_kind_is_what_was_asked_for_in_any_case(string kind, string extension, string begin)
    {
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.wav"]) { Subtitle = kind }, Parts());
        Assert.Equal(extension, Path.GetExtension(joined.SubtitlePath));
        Assert.StartsWith(begin, File.ReadAllText(joined.SubtitlePath!), StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_written_as_the_formats_have_them()
    {
        foreach (object date in new object[] { new DateTime(2026, 11, 30), new DateOnly(2026, 11, 30), new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(5)) })
            Assert.Equal("2026-11-30", Assert.Single(AudioTags.Read(new Hashtable { ["date"] = date })!.Plain).Value);
    }

    [Fact]
    public async Task Vtt_escapes_what_it_would_read_as_its_own()
    {
        await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.wav"]) { Subtitle = "vtt" }, Parts());
        string text = File.ReadAllText(_kitchen["book.vtt"]);
        Assert.StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:00.2", text, StringComparison.Ordinal);
        Assert.Contains("\na --&gt; b &lt;i&gt; &amp; c\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cue_is_timed_beyond_a_hundred_hours()
    {
        using (SubtitleFile file = new(_kitchen["long.srt"]))
        {
            file.Add(24000L * 3600 * 123, (24000L * 3600 * 123) + 12000, 24000, "x");
            using PendingFile pending = await file.FinishAsync(default);
            await pending.CommitAsync(replace: false);
        }

        Assert.Contains("123:00:00,000 --> 123:00:00,500", File.ReadAllText(_kitchen["long.srt"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "one")]
    [InlineData(Long, "It was late, and the lamps on the platform …")]
    [InlineData("汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉", "汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉 …")]
    public void A_chapter_without_a_title_has_the_first_words(string text, string title)
    {
        ChapterList chapters = new();
        chapters.Add(new JoinPart("a.wav") { Text = text }, new PlacedPart("a.wav", "WAV", 0, 1));
        Assert.Equal(title, Assert.Single(chapters.Close(1, 24000)).Title);
    }

    [ToolTheory("ffmpeg ffprobe")]
    [InlineData("mp3", "mp3")]
    [InlineData("wav", "mp3")]
    [InlineData("wav", "flac")]
    [InlineData("wav", "ogg")]
    public async Task Chapters_and_tags_are_there(string from, string to)
    {
        JoinPart[] parts = [.. _kitchen.Bake(from, 24000, 1, 4).Zip(new[] { "One = ; # \\ é", "Two\\", "Two\\", null }, (p, title) => p with { Title = title })];
        Hashtable tags = new() { ["Title"] = "The \"Book\"; a=b", ["ARTIST"] = "É. Ñ\\", ["date"] = 2026, ["album"] = "" };
        JoinOptions options = new(_kitchen["book." + to]) { Gap = 0.1, Chapters = true, Tags = AudioTags.Read(tags) };
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(options, parts);

        Assert.Equal(3, joined.Chapters);
        Assert.Empty(joined.Audio.Faults);
        string[] seen = Encoding.UTF8.GetString(AudioTool.Run("ffprobe", "-v", "error", "-show_entries", "chapter=start_time,end_time:chapter_tags=title:format_tags:stream_tags", "-of", "default=nw=1", joined.Path)).Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(["One = ; # \\ é", "Two\\", "This is part 3."], seen.Where(l => l.StartsWith("TAG:title=", StringComparison.Ordinal)).Select(l => l[10..]).Except(["The \"Book\"; a=b"]));
        Assert.Contains("TAG:title=The \"Book\"; a=b", seen, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("TAG:artist=É. Ñ\\", seen, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("TAG:date=2026", seen, StringComparer.OrdinalIgnoreCase);
        double[] starts = [.. seen.Where(l => l.StartsWith("start_time=", StringComparison.Ordinal)).Select(l => double.Parse(l[11..], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(3, starts.Length);
        long[] lengths = [.. parts.Select(p => JoinKitchen.SamplesOf(p.Path))];
        Assert.Equal((lengths[0] / 24000.0) + 0.1, starts[1], 0.002);
        Assert.Equal((lengths.Take(3).Sum() / 24000.0) + 0.3, starts[2], 0.002);
    }

    [ToolTheory("ffmpeg ffprobe")]
    [InlineData("")]
    public async Task Tags_of_a_wav_file_are_there(string _)
    {
        JoinOptions options = new(_kitchen["book.wav"]) { Tags = AudioTags.Read(new Hashtable { ["title"] = "Odd", ["artist"] = "Ñ" }) };
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(options, Parts());
        Assert.Empty(joined.Audio.Faults);
        string seen = Encoding.UTF8.GetString(AudioTool.Run("ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "default=nw=1", joined.Path));
        Assert.Contains("TAG:title=Odd", seen, StringComparison.Ordinal);
        Assert.Contains("TAG:artist=Ñ", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_that_no_format_has_is_refused()
    {
        TtsException refusal = Assert.Throws<TtsException>(() => AudioTags.Read(new Hashtable { ["titel"] = "x" }));
        Assert.Equal("InvalidRequest.Tag", refusal.ErrorId);
        Assert.Contains("'titel'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("title, artist", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_chapters_than_a_table_holds_are_in_tables_of_a_table()
    {
        byte[] tag = Id3Tag.Make(null, [.. Enumerable.Range(0, 600).Select(n => new Chapter($"{n}", n * 1000, (n + 1) * 1000))]);
        string text = Encoding.Latin1.GetString(tag);
        Assert.Equal(600, text.Split("CHAP").Length - 1);
        Assert.Equal(4, text.Split("CTOC").Length - 1);
    }

    /// <summary>The samples are a hole in the file, so that it takes no room.</summary>
    [Fact]
    public void A_wav_file_past_4_GB_says_its_length()
    {
        const long size = 5L << 30;
        string path = _kitchen["long.wav"];
        using (FileStream file = File.Create(path))
        {
            file.Write(WavHeader.Make(new PcmFormat(24000, 1, 2), size, 0));
            file.SetLength(file.Position + size);
        }

        TtsAudioInfo info = AudioInfoReader.ReadFile(path);
        Assert.Equal(size / 2, AudioFiles.SamplesOf(info));
        Assert.Empty(info.Faults);
    }

    private JoinPart[] Parts()
    {
        JoinPart[] parts = _kitchen.Bake("wav", 24000, 1, 3);
        return [parts[0] with { Text = Long }, parts[1] with { Text = "a --> b\r\n\r\n<i> & c", EndsParagraph = true }, parts[2] with { Text = "終わり。" }];
    }
}
