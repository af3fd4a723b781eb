using FsCheck;
using FsCheck.Fluent;
using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

/// <summary>Whatever became of a file on its way: facts or the one exception, in few reads and little memory.</summary>
public sealed class FuzzTests(FuzzTests.Files files) : IClassFixture<FuzzTests.Files>
{
    private const int Few = 300;
    private const int Many = 8000;

    // A wrong checksum keeps most mutants of an OGG file from being read; with a right one they get through.
    private const string Sealed = "sealed-";

    private static readonly Dictionary<string, string> Commands = new()
    {
        ["pcm.wav"] = "-c:a pcm_s16le",
        ["adpcm.wav"] = "-c:a adpcm_ima_wav",
        ["rf64.wav"] = "-c:a pcm_u8 -rf64 always",
        ["float.wav"] = "-c:a pcm_f32le",
        ["flac.flac"] = "-c:a flac",
        ["piped.flac"] = "-c:a flac -f flac -",
        ["flac.oga"] = "-c:a flac",
        ["vorbis.ogg"] = "-c:a libvorbis -b:a 16k",
        ["opus.opus"] = "-c:a libopus -b:a 16k",
        ["speex.spx"] = "-c:a libspeex",
        ["cbr.mp3"] = "-c:a libmp3lame -b:a 32k",
        ["vbr.mp3"] = "-c:a libmp3lame -q:a 5 -write_id3v1 1",
        ["bare.mp3"] = "-c:a libmp3lame -b:a 8k -write_xing 0 -id3v2_version 0",
    };

    public static TheoryData<string> Kinds => [.. Commands.Keys, "free.mp3", "joined.flac", "joined.mp3", "chained.ogg", .. Commands.Keys.Where(IsOgg).Select(kind => Sealed + kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mutant_gives_facts_or_the_one_exception(string kind) => Check(kind, Few);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Kinds))]
    public void And_so_do_thousands(string kind) => Check(kind, Many);

    private void Check(string kind, int mutants)
    {
        var isSealed = kind.StartsWith(Sealed, StringComparison.Ordinal);
        var original = files[isSealed ? kind[Sealed.Length..] : kind];
        Assert.InRange(original.Length, 400, 24_000);
        var refused = 0;
        Prop.ForAll(Mutation.Some, mutations => refused += Read(Mutation.Apply(original, mutations), isSealed) ? 0 : 1)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(mutants));
        Assert.InRange(refused, 1, mutants - 1);
    }

    private static bool IsOgg(string kind) => Path.GetExtension(kind) is ".ogg" or ".oga" or ".opus" or ".spx";

    private static bool Read(byte[] mutant, bool isSealed)
    {
        if (isSealed) OggSeal.Seal(mutant);
        using CountingStream stream = new(mutant);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var info = AudioInfoReader.Read(stream);
            Assert.True(info.Duration >= TimeSpan.Zero && info.SampleRate > 0 && info.Channels > 0 && info.AverageBitrate >= 0, info.ToString());
            return true;
        }
        catch (AudioFormatException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (3 * mutant.Length) + 20_000);
            Assert.InRange(stream.Given, 0, (4 * mutant.Length) + 1000);
        }
    }

    /// <summary>A quarter of a second in each kind.</summary>
    public sealed class Files : IDisposable
    {
        private const int Rate = 8000;
        private readonly string _folder = Directory.CreateTempSubdirectory("tts-fuzz-").FullName;

        public Files()
        {
            var source = Path.Combine(_folder, "source");
            File.WriteAllBytes(source, TestSignal.MakeWav(Rate, 1, Rate / 4));
            foreach (var (kind, command) in Commands)
            {
                var path = Path.Combine(_folder, kind);
                var words = command.Split(' ');
                string[] output = words[^1] == "-" ? words : [.. words, path];
                var piped = AudioTool.Run("ffmpeg", ["-nostdin", "-v", "error", "-i", source, "-bitexact", .. output]);
                if (piped.Length > 0) File.WriteAllBytes(path, piped);
            }
        }

        public byte[] this[string kind] => kind switch
        {
            "joined.flac" => [.. this["flac.flac"], .. this["piped.flac"]],
            "joined.mp3" => [.. this["vbr.mp3"], .. this["cbr.mp3"]],
            "chained.ogg" => [.. this["vorbis.ogg"], .. this["opus.opus"]],
            "free.mp3" => FreeFormat(this["bare.mp3"]),
            _ => File.ReadAllBytes(Path.Combine(_folder, kind)),
        };

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        // The table's number taken out of each header: the frames keep their length, and nothing says it.
        private static byte[] FreeFormat(byte[] mp3)
        {
            for (var at = 0; at + 4 <= mp3.Length && Mp3FrameHeader.TryParse(mp3.AsSpan(at, 4), out var frame); at += frame.FrameSize)
                mp3[at + 2] &= 0x0F;
            return mp3;
        }
    }
}
