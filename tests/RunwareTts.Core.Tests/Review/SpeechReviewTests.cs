using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RunwareTts.Requests;
using RunwareTts.Review;
using RunwareTts.Tests.Batch;

namespace RunwareTts.Tests.Review;

/// <summary>A page has each clip once, as it is now, and nothing in it can run but its own script.</summary>
public sealed class SpeechReviewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Page => Path.Combine(_folder.Path, "review.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_policy_allows_the_script_and_the_styles_of_the_page_and_no_other()
    {
        string html = await WriteAsync(new ReviewOptions(Page), Clip("a.wav"));
        string policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.Contains($"script-src {HashOf(html, "<script>", "</script>")};", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src {HashOf(html, "<style>", "</style>")};", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("{{script}} {{policy}} <!--rows-->")]
    [InlineData("\u2028\u2029\"'`\\\r\n\t\u0001")]
    [InlineData("größe 日本 \U0001F600 \u202E")]
    public async Task A_text_is_data(string text)
    {
        string html = await WriteAsync(new ReviewOptions(Page) { Title = text }, Clip("a.wav") with { Text = text });
        JsonElement row = Assert.Single(RowsOf(html));
        Assert.Equal(text, row.GetProperty("cells")[1].GetString());
        Assert.Equal(3, Regex.Count(html, "<script"));
        Assert.Equal(3, Regex.Count(html, "</script"));
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.Contains($"<h1>{WebUtility.HtmlEncode(text)}</h1>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_say_what_a_clip_is_now()
    {
        string cut = Path.Combine(_folder.Path, "cut.wav");
        await File.WriteAllBytesAsync(cut, Wavs.Silence(1)[..^1000]);
        string page = Path.Combine(_folder.Path, "page.wav");
        await File.WriteAllTextAsync(page, "<html>");
        string html = await WriteAsync(new ReviewOptions(Page),
            Clip("a.wav") with { Suspect = "TooShort" },
            new TtsSpeech { Path = cut, Suspect = "Truncated" },
            new TtsSpeech { Path = page },
            new TtsSpeech { Path = Path.Combine(_folder.Path, "gone.wav") },
            new TtsSpeech { AudioUrl = "https://example.org/a.mp3", TaskUUID = Guid.NewGuid() });
        Assert.Equal(
            ["TooShort Silent", "Truncated Silent", "Unreadable", "Missing", "NotSaved"],
            RowsOf(html).Select(row => string.Join(' ', row.GetProperty("flags").EnumerateArray().Select(f => f.GetString()))));
        Assert.DoesNotContain("example.org", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_result_of_a_file_takes_the_place_of_the_earlier()
    {
        TtsSpeech first = Clip("a.wav");
        string html = await WriteAsync(new ReviewOptions(Page), first with { Text = "old" }, Clip("b.wav"), first with { Text = "new" });
        Assert.Equal(["new", null], RowsOf(html).Select(row => row.GetProperty("cells")[1].GetString()));
    }

    [Fact]
    public async Task The_key_of_a_clip_changes_with_its_sound_and_stays_with_its_page()
    {
        TtsSpeech clip = Clip("a.wav");
        string before = KeyOf(await WriteAsync(new ReviewOptions(Page), clip));
        string again = KeyOf(await WriteAsync(new ReviewOptions(Page) { Force = true, EmbedAudio = true }, clip, Clip("b.wav")));
        await File.WriteAllBytesAsync(clip.Path!, Wavs.Silence(2));
        string after = KeyOf(await WriteAsync(new ReviewOptions(Page) { Force = true }, clip));
        Assert.Equal(before, again);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Files_are_named_from_the_folder_with_the_ledger()
    {
        Assert.Equal("a.wav", FileOf(await WriteAsync(new ReviewOptions(Page), Clip("batch/sub/a.wav"))));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "batch", "tts-ledger.jsonl"), "");
        Assert.Equal("sub/a.wav", FileOf(await WriteAsync(new ReviewOptions(Page) { Force = true }, Clip("batch/sub/a.wav"))));
        Assert.Equal("batch/sub/a.wav", FileOf(await WriteAsync(new ReviewOptions(Page) { Force = true }, Clip("batch/sub/a.wav"), Clip("c/a.wav"))));
    }

    [Fact]
    public void A_saved_mark_has_all_fields_of_a_row_that_a_result_has()
    {
        IEnumerable<string> ofResults = RowField.All.Select(f => f.Name).Where(name => typeof(TtsSpeech).GetProperty(name) is not null);
        Assert.Empty(ofResults.Except(RowCells.Columns));
    }

    [Fact]
    public async Task An_option_is_no_cell_and_is_warned_of()
    {
        using SpeechReview review = new(new ReviewOptions(Page));
        review.Add(Clip("a.wav") with { Text = "Hello.", Option = new Dictionary<string, object>() });
        Assert.Contains("-Option", Assert.Single(await review.WriteAsync(CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_page_leaves_nothing_behind()
    {
        using SpeechReview review = new(new ReviewOptions(Page));
        review.Add(Clip("a.wav"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => review.WriteAsync(new CancellationToken(true)));
        Assert.Equal(["a.wav"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Too_many_clips_are_refused_by_name()
    {
        using SpeechReview review = new(new ReviewOptions(Page));
        for (int n = 0; n < SpeechReview.MaxClips; n++)
            review.Add(new TtsSpeech { AudioUUID = $"{n}" });
        TtsException error = Assert.Throws<TtsException>(() => review.Add(new TtsSpeech { AudioUUID = "one more" }));
        Assert.Equal("InvalidRequest.InputObject", error.ErrorId);
    }

    private TtsSpeech Clip(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Wavs.Silence(1));
        return new TtsSpeech { Path = path };
    }

    private static async Task<string> WriteAsync(ReviewOptions options, params TtsSpeech[] clips)
    {
        using SpeechReview review = new(options);
        foreach (TtsSpeech clip in clips)
            review.Add(clip);
        await review.WriteAsync(CancellationToken.None);
        return await File.ReadAllTextAsync(options.OutputPath);
    }

    private static JsonElement[] RowsOf(string html) =>
        [.. JsonDocument.Parse(Between(html, "id=\"data\">", "</script>")).RootElement.EnumerateArray()];

    private static string KeyOf(string html) => RowsOf(html)[0].GetProperty("key").GetString()!;

    private static string FileOf(string html) =>
        RowsOf(html)[0].GetProperty("cells").EnumerateArray().Last().GetString()!;

    private static string HashOf(string html, string start, string end) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Between(html, start, end))))}'";

    private static string Between(string html, string start, string end)
    {
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return html[from..html.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
