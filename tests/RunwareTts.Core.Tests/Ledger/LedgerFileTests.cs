using System.Text;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>
/// A file of lines in whatever state a crash, an editor or another program has left it: what is an event is read, and
/// what is added stays readable.
/// </summary>
public sealed class LedgerFileTests : IDisposable
{
    private const string Noon = "2026-11-22T12:00:00Z";
    private const string Id = "00000000-0000-0000-0000-000000000001";

    private static readonly LedgerEvent A = Past.Submitted("a");
    private static readonly LedgerEvent B = Past.Submitted("b") with { Path = "Wörter/été 日本.mp3" };
    private static readonly LedgerEvent C = Past.Submitted("c");
    private static readonly LedgerEvent New = Past.Submitted("new");

    private readonly TempFolder _folder = new();

    private string Path => LedgerLocation.FileIn(_folder.Path);

    public static TheoryData<string> Garbage =>
    [
        "\n",
        "\n\n\n",
        "\r\n",
        "null\n",
        "17\n",
        "[]\n",
        "{}\n",
        "not JSON at all\n",
        "\0\0\0\0\0\0\0\0\n",
        "{\"event\":\"submitted\"}\n",
        "{\"event\":\"sub\n",
        Line("\"sung\"", Noon, Id, "\"hash\":\"a\""),
        Line("0", Noon, Id, "\"hash\":\"a\""),
        Line("\"saved\"", Noon, "no id", "\"hash\":\"a\""),
        Line("\"saved\"", "yesterday", Id, "\"hash\":\"a\""),
        Saved("\"bytes\":99999999999999999999999"),
        Saved("\"seconds\":1e999"),
        Saved("\"seconds\":1e300"),
        Saved("\"seconds\":-1"),
        Saved("\"results\":[null]"),
        Saved("\"results\":[7]"),
        Saved("\"results\":[{\"cost\":1e20}]"),
        Saved("\"results\":[{\"cost\":-1}]"),
        Saved("\"hash\":7"),
        new string('[', 5000) + "\n",
        new string('x', 1_000_000) + "\n",
        $"\"{new string('x', 70_000)}\"\n",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_last_line_torn_at_any_byte_is_dropped_and_the_next_one_is_whole()
    {
        byte[] whole = [.. A.ToLine(), .. B.ToLine(), .. C.ToLine()];
        for (int length = whole.Length - C.ToLine().Length; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            // All but the line's end is the whole event.
            LedgerEvent[] left = length >= whole.Length - 1 ? [A, B, C] : [A, B];
            Assert.Equal(left, ReadAll());
            Append(New);
            Assert.Equal([.. left, New], ReadAll());
        }
    }

    [Fact]
    public void A_first_line_that_is_torn_is_none()
    {
        for (int length = 0; length < A.ToLine().Length - 1; length++)
        {
            File.WriteAllBytes(Path, A.ToLine()[..length]);
            Assert.Empty(ReadAll());
            Append(New);
            Assert.Equal([New], ReadAll());
        }
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public void What_is_no_event_is_skipped_wherever_it_stands(string garbage)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(garbage);
        Assert.All(garbage.Split('\n'), line => Assert.Null(LedgerEvent.Parse(Encoding.UTF8.GetBytes(line))));
        File.WriteAllBytes(Path, [.. bytes, .. A.ToLine(), .. bytes, .. bytes, .. B.ToLine(), .. bytes]);
        Append(New);
        Assert.Equal([A, B, New], ReadAll());
        Assert.Equal(3, LedgerReader.Read(_folder.Path).Count());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_skipped_too()
    {
        Random random = new(3);
        byte[] noise = new byte[300];
        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            byte[] bad = B.ToLine();
            bad[random.Next(bad.Length - 1)] = (byte)random.Next(128, 256);
            File.WriteAllBytes(Path, [.. A.ToLine(), .. noise, (byte)'\n', .. bad, .. C.ToLine()]);
            LedgerEvent[] read = ReadAll();
            Assert.Equal((A, C), (read[0], read[^1]));
        }
    }

    [Fact]
    public void Lines_of_an_editor_of_Windows_and_fields_of_a_later_version_are_read()
    {
        string later = Encoding.UTF8.GetString(A.ToLine())
            .Replace("{\"event\"", "{\"more\":{\"deep\":[1,2]},\"event\"", StringComparison.Ordinal);
        string lines = later + Encoding.UTF8.GetString(B.ToLine());
        File.WriteAllText(Path, lines.Replace("\n", "\r\n", StringComparison.Ordinal));
        Append(New);
        Assert.Equal([A, B, New], ReadAll());
    }

    [Fact]
    public void A_line_of_a_megabyte_is_one_line()
    {
        LedgerEvent huge = B with { Id = new string('日', 400_000) };
        Append(A);
        Append(huge);
        Append(C);
        Assert.Equal([A, huge, C], ReadAll());
        using LedgerFile file = LedgerFile.OpenRead(Path)!;
        Assert.Equal(huge, file.Read(A.ToLine().Length));
    }

    [Fact]
    public void An_empty_file_and_none_at_all_have_no_events()
    {
        Assert.Null(LedgerFile.OpenRead(Path));
        File.WriteAllBytes(Path, []);
        Assert.Empty(ReadAll());
        Append(New);
        Assert.Equal([New], ReadAll());
    }

    [Fact]
    public void Every_event_is_found_again_at_its_place()
    {
        LedgerEvent[] events = [.. Enumerable.Range(0, 3000)
            .Select(i => Past.Submitted($"{i}") with { Id = new string('x', i % 700) })];
        File.WriteAllBytes(Path, [.. events.SelectMany(e => e.ToLine())]);
        using LedgerFile file = LedgerFile.OpenRead(Path)!;
        (long At, LedgerEvent Event)[] read = [.. file.Read()];
        Assert.Equal(events, read.Select(r => r.Event));
        Assert.All(read.Where((_, i) => i % 97 == 0), r => Assert.Equal(r.Event, file.Read(r.At)));
        Assert.Null(file.Read(new FileInfo(Path).Length));
        Assert.Null(file.Read(1));
    }

    private static string Saved(string fields) => Line("\"saved\"", Noon, Id, fields);

    private static string Line(string happened, string at, string task, string fields) =>
        $$"""{"event":{{happened}},"at":"{{at}}","task":"{{task}}",{{fields}}}""" + "\n";

    private void Append(LedgerEvent happened)
    {
        using LedgerFile file = LedgerFile.OpenWrite(Path, isTemporary: false);
        Assert.Equal(happened, file.Read(file.Append(happened.ToLine(), toDisk: true)));
    }

    private LedgerEvent[] ReadAll()
    {
        using LedgerFile file = LedgerFile.OpenRead(Path)!;
        return [.. file.Read().Select(line => line.Event)];
    }
}
