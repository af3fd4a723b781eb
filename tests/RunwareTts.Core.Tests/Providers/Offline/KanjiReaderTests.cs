using RunwareTts.Batch;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>Japanese texts with kanji, where MeCab is on PATH and where it is not.</summary>
[Collection(ToolFolder.Alone)]
public sealed class KanjiReaderTests : IDisposable
{
    private readonly string _path = Environment.GetEnvironmentVariable("PATH")!;
    private readonly TempFolder _folder = new();

    [ToolTheory("mecab")]
    [InlineData("今日は雨です。", "キョウハアメデス。")]
    [InlineData("図書館はTestのABC、3.5 kmとHello World 2024です。", "トショカンハTestノABC、3.5 kmトHello World 2024デス。")]
    [InlineData("東京\n\n大阪", "トウキョウ\n\nオオサカ")]
    [InlineData("-v 東京 \"a\" <b>&", "-v トウキョウ \"a\" <b>&")]
    public async Task With_it_kanji_are_read_and_the_rest_stays(string text, string reading)
    {
        Assert.Equal(reading, (await ReadAsync(text)).TrimEnd());
        Assert.Equal(await SpeakAsync(reading), await SpeakAsync(text));
        Assert.Null(Caution(text));
    }

    [ToolTheory("mecab")]
    [InlineData("きょうは3にちです。ABC カタカナ")]
    public async Task With_it_a_text_without_kanji_is_left_alone(string text)
    {
        if (OperatingSystem.IsWindows())
            return;
        byte[] spoken = await SpeakAsync(text);
        HideMecab();
        Assert.Equal(spoken, await SpeakAsync(text));
    }

    [ToolTheory("mecab")]
    [InlineData("", true)]
    [InlineData("-d /there/is/none", false)]
    [InlineData("-d /var/lib/mecab/dic/ipadic", false)]
    public void A_dictionary_that_is_missing_or_in_EUC_is_as_good_as_none(string dictionary, bool reads)
    {
        if (OperatingSystem.IsWindows())
            return;
        HideMecab();
        Wrap($"exec mecab {dictionary} \"$@\"");
        Assert.Equal(reads, Caution("今日は") is null);
    }

    [ToolTheory("mecab sh")]
    [InlineData("sleep 3")]
    public void A_wait_for_it_can_be_stopped(string work)
    {
        HideMecab();
        Wrap($"exec {work}");
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => Caution("今日は", stop.Token));
        // What goes on is over before the folder goes.
        Assert.NotNull(Caution("今日は"));
    }

    [ToolTheory("mecab sh")]
    [InlineData("echo called >> calls; exit 1")]
    public void What_failed_is_tried_again_by_the_next_command_and_no_sooner(string work)
    {
        HideMecab();
        Wrap($"cd '{_folder.Path}'; {work}");
        OfflineProvider command = new();
        foreach (string text in new[] { "今日は", "明日は" })
            Assert.NotNull(command.CautionFor(Request(text)));
        Assert.Single(File.ReadAllLines(Path.Combine(_folder.Path, "calls")));
        Wrap("exec mecab \"$@\"");
        Assert.NotNull(command.CautionFor(Request("今日は")));
        Assert.Null(new OfflineProvider().CautionFor(Request("今日は")));
    }

    [ShellFact]
    public void Without_it_a_pipeline_is_warned_once_and_told_how_to_install_it()
    {
        HideMecab();
        using TempFolder folder = new();
        SpeechRow[] rows = [new() { Text = "今日は", Id = "a" }, new() { Text = "明日は", Id = "b" }];
        List<BatchEvent> events = Batches.Run(new OfflineProvider(), rows, folder.Path, Service.Quick);
        string warning = Assert.Single(events.OfType<BatchEvent.Warned>(), w => w.Message.Contains("kanji", StringComparison.Ordinal)).Message;
        Assert.Contains(Program.Mecab.InstallCommand, warning, StringComparison.Ordinal);
        Assert.Contains("mecab", Program.Mecab.InstallCommand, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, events.Spoken().Length);
    }

    [Fact]
    public void Without_it_kana_are_no_reason_to_warn()
    {
        HideMecab();
        Assert.Null(Caution("こんにちは。ABC 123"));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    // By links, which not every account of Windows may make.
    private void HideMecab()
    {
        foreach (Program program in new[] { Program.Espeak, Program.Ffmpeg })
        {
            string file = program.Require("");
            File.CreateSymbolicLink(Path.Combine(_folder.Path, Path.GetFileName(file)), file);
        }

        Environment.SetEnvironmentVariable("PATH", _folder.Path);
    }

    private void Wrap(string work)
    {
        string wrapper = Path.Combine(_folder.Path, "mecab");
        File.Delete(wrapper);
        File.WriteAllText(wrapper, $"#!/bin/sh\nPATH='{_path}'\n{work}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<string> ReadAsync(string text)
    {
        string file = Path.Combine(_folder.Path, "text.txt");
        await File.WriteAllTextAsync(file, text);
        return await File.ReadAllTextAsync(await KanjiReader.ReadAsync(file, file + ".read", CancellationToken.None));
    }

    private static string? Caution(string text, CancellationToken token = default) => new OfflineProvider().CautionFor(Request(text), token);

    private static Task<byte[]> SpeakAsync(string text) => DraftSpeaker.SpeakAsync(Request(text), 0, CancellationToken.None);

    private static SpeechRequest Request(string text) => RowReader.Read(new SpeechRow { Text = text, Language = "ja", OutputFormat = "WAV" }).Request!;

    [CollectionDefinition(ToolFolder.Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
