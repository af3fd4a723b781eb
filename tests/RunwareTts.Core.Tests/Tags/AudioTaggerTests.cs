using System.Collections;
using System.Security.Cryptography;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Requests;
using RunwareTts.Tags;
using RunwareTts.Tests.Audio;
using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Tags;

/// <summary>Tags around audio that stays what it was, as another program reads both.</summary>
public sealed class AudioTaggerTests(TrapTests.Kitchen kitchen) : IClassFixture<TrapTests.Kitchen>, IDisposable
{
    private static readonly AudioTags Tags = AudioTags.Read(new Hashtable { ["title"] = "The \"Book\"; a=b", ["ARTIST"] = "É. Ñ", ["date"] = 2026 })!;
    private static readonly AudioTags Other = AudioTags.Read(new Hashtable { ["title"] = "Another" })!;
    private static readonly byte[] Format = Chunk("fmt ", PcmFormat(24000, 1));
    private static readonly byte[] Pcm = MakePcm(24000, 1, 2001);

    private readonly string _folder = Directory.CreateTempSubdirectory("tts-tags-").FullName;

    public static TheoryData<string> Whole => [.. Trap.All.Where(t => t.Name != "no-sound.wav" && !t.Faults.Contains("Truncated")).Select(t => t.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ToolTheory("ffmpeg lame flac oggenc opusenc")]
    [InlineData("rf64.wav")]
    [InlineData("joined-frames.flac")]
    [InlineData("chained-codecs.ogg")]
    [InlineData("joined-vbr.mp3")]
    [InlineData("ape.mp3")]
    public async Task Leaves_the_audio_as_it_is(string name) => await CheckAsync(name);

    /// <summary>All files that readers go wrong on, and no writer should.</summary>
    [ToolTheory("ffmpeg ffprobe flac lame oggenc opusenc sox espeak-ng")]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Whole))]
    public async Task Leaves_the_audio_of_every_trap_as_it_is(string name) => await CheckAsync(name);

    private async Task CheckAsync(string name)
    {
        string plain = kitchen.Traps.Make(Trap.Named(name));
        TtsAudioInfo before = AudioInfoReader.ReadFile(plain);
        string tagged = await TagAsync(plain, Tags);
        TtsAudioInfo after = AudioInfoReader.ReadFile(tagged);
        Assert.Equal(before with { Path = null }, after with { Path = null, Faults = before.Faults });
        Assert.Equal(before.Faults, after.Faults);
        string other = await TagAsync(tagged, Other);
        Assert.Equal((true, false, true), (Has(tagged, "É. Ñ"), Has(other, "É. Ñ"), Has(other, "Another")));
        // ffmpeg reads no free bitrate.
        if (!name.StartsWith("free", StringComparison.Ordinal))
            Assert.Equal(Decoded(plain), Decoded(other));
    }

    [ToolTheory("ffmpeg ffprobe oggenc flac opusenc lame")]
    [InlineData("plain.ogg")]
    [InlineData("opus.opus")]
    [InlineData("flac.oga")]
    [InlineData("plain.flac")]
    [InlineData("plain.wav")]
    [InlineData("lame.mp3")]
    public async Task Are_read_by_another_program_replaced_and_taken_away(string name)
    {
        string plain = kitchen.Traps.Make(Trap.Named(name));
        string tagged = await TagAsync(plain, Tags);
        Assert.Equal("The \"Book\"; a=b | É. Ñ | 2026", Seen(tagged));
        string other = await TagAsync(tagged, Other);
        Assert.Equal("Another |  | ", Seen(other));
        string bare = await TagAsync(other, AudioTags.None);
        Assert.Equal(" |  | ", Seen(bare));
        Assert.Equal(Decoded(plain), Decoded(bare));
    }

    /// <summary>So many of them that there are more pages before the audio, whose own have other numbers then.</summary>
    [ToolTheory("ffmpeg oggenc flac opusenc")]
    [InlineData("plain.ogg")]
    [InlineData("skeleton.ogg")]
    [InlineData("opus.opus")]
    [InlineData("flac.oga")]
    [InlineData("cover.flac")]
    public async Task May_be_longer_than_a_page(string name)
    {
        string plain = kitchen.Traps.Make(Trap.Named(name));
        string longer = await TagAsync(plain, AudioTags.Read(new Hashtable { ["comment"] = new string('x', 255 * 600), ["title"] = "Long" })!);
        Assert.Equal(AudioInfoReader.ReadFile(plain) with { Path = null }, AudioInfoReader.ReadFile(longer) with { Path = null });
        Assert.Empty(AudioInfoReader.ReadFile(longer).Faults);
        Assert.Equal(Decoded(plain), Decoded(longer));
        Assert.Equal(DecodedByItsOwn(plain), DecodedByItsOwn(longer));
        if (Path.GetExtension(name) != ".flac")
            Assert.All(Continued(File.ReadAllBytes(longer)), page => Assert.Equal(page.Is, page.Says));
        Assert.Equal(File.ReadAllBytes(await TagAsync(plain, Other)), File.ReadAllBytes(await TagAsync(longer, Other)));
    }

    [Fact]
    public async Task Of_mp3_stand_before_it_and_take_no_byte_of_it()
    {
        byte[] frames = [.. Enumerable.Repeat((byte[])[0xFF, 0xFB, 0x90, 0xC0, .. new byte[413]], 20).SelectMany(f => f)];
        string plain = Write("plain.mp3", frames);
        string tagged = await TagAsync(plain, Tags);
        byte[] bytes = File.ReadAllBytes(tagged);
        Assert.Equal("ID3\u0004"u8.ToArray(), bytes[..4]);
        Assert.Equal(frames, bytes[^frames.Length..]);
        byte[] again = File.ReadAllBytes(await TagAsync(tagged, Other));
        Assert.Equal(frames, again[^frames.Length..]);
        Assert.DoesNotContain("Book", Encoding.UTF8.GetString(again[..^frames.Length]), StringComparison.Ordinal);
        Assert.Equal(frames, File.ReadAllBytes(await TagAsync(tagged, AudioTags.None)));
        // Two tags in front and one of 1996 behind, of which players may show the older.
        string old = Write("old.mp3", [.. bytes[..^frames.Length], .. bytes, .. "TAG"u8, .. new byte[125]]);
        Assert.Equal(again, File.ReadAllBytes(await TagAsync(old, Other)));
    }

    public static TheoryData<string, byte[]> Wavs
    {
        get
        {
            byte[] info = Chunk("LIST", [.. "INFO"u8, .. Chunk("INAM", [.. "Old\0"u8])]);
            byte[] data = Chunk("data", Pcm);
            byte[] odd = Pcm[..^1];
            byte[] sizes = Join(BitConverter.GetBytes(0L), BitConverter.GetBytes((long)Pcm.Length), new byte[12]);
            return new()
            {
                { "as it should be", Wav(Format, data) },
                { "size 0", Riff("RIFF", 0, Format, Chunk("data", Pcm, 0)) },
                { "size 0xFFFFFFFF", Riff("RIFF", uint.MaxValue, Format, Chunk("data", Pcm, uint.MaxValue)) },
                { "size 0x7FFFF000", Riff("RIFF", 0x7FFFF024, Format, Chunk("data", Pcm, 0x7FFFF000)) },
                { "only the outer size is missing", Riff("RIFF", 0, Format, data, Chunk("cue ", new byte[4])) },
                { "an older LIST INFO before", Wav(info, Format, info, data) },
                { "an older LIST INFO behind", Wav(Format, data, info) },
                { "another LIST", Wav(Format, Chunk("LIST", [.. "adtl"u8, .. new byte[5]]), data) },
                { "chunks on all sides", Wav(Chunk("junk", new byte[7]), Format, Chunk("fact", new byte[4]), data, Chunk("cue ", new byte[4]), info) },
                { "no padding at the end", Wav(Format, Chunk("data", Pcm))[..^(Pcm.Length & 1)] },
                { "RF64", Riff("RF64", uint.MaxValue, Chunk("ds64", sizes), Format, Chunk("data", Pcm, uint.MaxValue), info) },
                { "something behind", [.. Wav(Format, data, info), .. "<html>behind</html>"u8] },
                { "odd bytes", Wav(Chunk("fmt ", PcmFormat(24000, 1, 8)), Chunk("data", odd), info) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Wavs))]
    public async Task Of_wav_stand_behind_it_under_sizes_that_are_true(string what, byte[] plain)
    {
        TtsAudioInfo before = AudioFiles.Read(plain);
        byte[] tagged = File.ReadAllBytes(await TagAsync(Write("plain.wav", plain), Tags));
        TtsAudioInfo after = AudioFiles.Read(tagged);
        Assert.True(before == after with { Faults = before.Faults }, what);
        (string Mark, byte[] Body)[] now = Chunks(tagged);
        Assert.Equal(what == "odd bytes" ? Pcm[..^1] : Pcm, now.Single(c => c.Mark == "data").Body);
        Assert.Equal("LIST", now[^1].Mark);
        Assert.StartsWith("INFO", Encoding.UTF8.GetString(now[^1].Body), StringComparison.Ordinal);
        Assert.Contains("É. Ñ", Encoding.UTF8.GetString(now[^1].Body), StringComparison.Ordinal);
        Assert.DoesNotContain("Old", Encoding.UTF8.GetString(tagged), StringComparison.Ordinal);
        string kept = what switch { "chunks on all sides" => "junk fmt  fact data cue  ", "another LIST" => "fmt  LIST data ", "only the outer size is missing" => "fmt  data cue  ", _ => "fmt  data " };
        Assert.Equal(kept + "LIST", string.Join(' ', now.Select(c => c.Mark)));
        Assert.Equal(what == "something behind" ? "<html>behind</html>" : "", Encoding.UTF8.GetString(tagged[(8 + BitConverter.ToInt32(tagged, 4))..]));
    }

    [Fact]
    public void Are_the_same_in_any_order_and_case_and_blanks_are_none()
    {
        Assert.Equal(AudioTags.Read(new Hashtable { ["title"] = " x ", ["artist"] = "y" })!.Hash, AudioTags.Read(new SortedList { ["Artist"] = "y", ["TITLE"] = "x", ["album"] = " " })!.Hash);
        Assert.NotEqual(Tags.Hash, Other.Hash);
        Assert.Matches("^[0-9a-f]{16}$", Other.Hash!);
        Assert.Null(AudioTags.Read(new Hashtable { ["title"] = " ", ["artist"] = null }));
        Assert.Null(AudioTags.Read(null));
    }

    [Fact]
    public void Are_refused_where_one_holds_many_values()
    {
        TtsException refusal = Assert.Throws<TtsException>(() => AudioTags.Read(new Hashtable { ["artist"] = new object[] { "a", "b" } }));
        Assert.Equal("InvalidRequest.Tag", refusal.ErrorId);
        Assert.Contains("artist holds a Object[]", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<string> TagAsync(string source, AudioTags tags)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}{Path.GetExtension(source)}");
        using FileStream stream = File.OpenRead(source);
        using FileStream target = File.Create(path);
        string format = AudioInfoReader.ReadFile(source).Format;
        await AudioTagger.WriteAsync(stream, format, tags, [], target, CancellationToken.None);
        return path;
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // Which pages begin within a packet, by the one before and by what they say.
    private static IEnumerable<(bool Is, bool Says)> Continued(byte[] ogg)
    {
        HashSet<uint> open = [];
        foreach (int at in Twists.Pages(ogg))
        {
            uint serial = BitConverter.ToUInt32(ogg, at + 14);
            yield return (open.Remove(serial), (ogg[at + 5] & 1) != 0);
            if (ogg[at + 26 + ogg[at + 26]] == 255)
                open.Add(serial);
        }
    }

    private static byte[] DecodedByItsOwn(string file) => Path.GetExtension(file) switch
    {
        ".ogg" => AudioTool.Run("oggdec", "-Q", "-o", "-", file),
        ".opus" => AudioTool.Run("opusdec", "--quiet", file, "-"),
        _ => AudioTool.Run("flac", "-d", "-s", "-c", file),
    };

    private static bool Has(string file, string words) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;

    // Whatever the decoder gives.
    private static string Decoded(string file) =>
        Convert.ToHexString(SHA256.HashData(AudioTool.Run("ffmpeg", "-nostdin", "-v", "quiet", "-i", file, "-map", "0:a:0", "-f", "f32le", "-")));

    private static string Seen(string file)
    {
        string[] keys = ["title", "artist", "date"];
        string[] lines = Encoding.UTF8.GetString(AudioTool.Run("ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "default=nw=1", file)).Split('\n', StringSplitOptions.TrimEntries);
        return string.Join(" | ", keys.Select(key => lines.FirstOrDefault(l => l.StartsWith($"TAG:{key}=", StringComparison.OrdinalIgnoreCase))?[(key.Length + 5)..]));
    }

    // As simple as can be, so that it is another opinion: all sizes are as they should be.
    private static (string Mark, byte[] Body)[] Chunks(byte[] wav)
    {
        List<(string, byte[])> chunks = [];
        for (int at = 12; at < 8 + BitConverter.ToInt32(wav, 4);)
        {
            int size = BitConverter.ToInt32(wav, at + 4);
            chunks.Add((Encoding.ASCII.GetString(wav, at, 4), wav[(at + 8)..(at + 8 + size)]));
            at += 8 + size + (size & 1);
        }

        return [.. chunks];
    }
}
