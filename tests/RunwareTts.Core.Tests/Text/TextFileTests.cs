using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Tests.Text;

public sealed class TextFileTests : IDisposable
{
    private const string Text = "Grüße, 世界 😀. Noch ein Satz.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tts-text");

    public static TheoryData<string, int> Encodings => new()
    {
        { "utf-8", 0 },
        { "utf-8", 3 },
        { "utf-16", 2 },
        { "utf-16BE", 2 },
        { "utf-32", 4 },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Are_read_by_their_byte_order_mark_and_else_as_UTF_8(string encoding, int mark)
    {
        Encoding used = Encoding.GetEncoding(encoding);
        string path = Write("book.txt", [.. mark == 0 ? [] : used.GetPreamble(), .. used.GetBytes(Text)]);
        Assert.Equal(Text, Assert.Single(TextFile.Split(path)).Text);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xE9, (byte)'b' }, "bytes E9")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 0xE9, (byte)'b' }, "bytes E9")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b', 0 }, "NUL")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0xFF, 0xFE }, "bytes FF")]
    public void Of_another_encoding_are_refused(byte[] bytes, string why)
    {
        string path = Write("latin.txt", bytes);
        TtsException error = Assert.Throws<TtsException>(() => TextFile.Split(path).Count());
        Assert.Equal("InvalidRequest.Path", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Give_what_is_good_before_they_are_refused()
    {
        string path = Write("half.txt", [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A sentence.\n\n", 3000))), 0xE9, (byte)'.']);
        List<string> parts = [];
        Assert.Throws<TtsException>(() => parts.AddRange(TextFile.Split(path).Select(p => p.Text)));
        Assert.InRange(parts.Count, 2000, 3000);
        Assert.All(parts, p => Assert.Equal("A sentence.", p));
    }

    [Fact]
    public void That_are_empty_or_blank_give_nothing()
    {
        Assert.Empty(TextFile.Split(Write("empty.txt", [])));
        Assert.Empty(TextFile.Split(Write("mark.txt", [0xEF, 0xBB, 0xBF])));
        Assert.Empty(TextFile.Split(Write("blank.txt", " \r\n\t\n"u8.ToArray())));
    }

    [Fact]
    public void That_are_not_there_or_a_folder_are_errors()
    {
        string missing = Path.Combine(_folder.FullName, "no", "such.txt");
        Assert.Equal("FileNotFound", Assert.Throws<TtsException>(() => TextFile.Split(missing).Count()).ErrorId);
        TtsException folder = Assert.Throws<TtsException>(() => TextFile.Split(_folder.FullName).Count());
        Assert.Equal("InvalidRequest.Path", folder.ErrorId);
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_let_go_of_when_nobody_reads_on()
    {
        string path = Write("book.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("One. ", 2000))));
        Assert.Single(TextFile.Split(path).Take(1));
        using FileStream whole = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
