using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

/// <summary>Files on which readers go wrong, made by real encoders: each is right in every respect, and only what is faulty has faults.</summary>
public sealed class TrapTests : IClassFixture<TrapTests.Kitchen>
{
    private readonly TrapKitchen _kitchen;

    public TrapTests(Kitchen kitchen)
    {
        ArgumentNullException.ThrowIfNull(kitchen);
        _kitchen = kitchen.Traps;
    }

    public static TheoryData<string> None => [.. NoAudio.All.Select(file => file.Name)];

    public static TheoryData<string> Of(bool ffmpegAlone) =>
        [.. Trap.All.Where(trap => trap.Tools == "ffmpeg" == ffmpegAlone).Select(trap => trap.Name)];

    [ToolTheory("ffmpeg")]
    [MemberData(nameof(Of), true)]
    public void Of_ffmpeg_is_read_right(string name) => Check(name);

    [ToolTheory("ffmpeg flac oggenc opusenc lame sox espeak-ng")]
    [MemberData(nameof(Of), false)]
    public void Of_another_encoder_is_read_right(string name) => Check(name);

    [Fact]
    public void Each_is_in_the_table_of_the_docs()
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "evidence", "audio.md"));
        Assert.All(Trap.All.Select(trap => trap.Name).Concat(NoAudio.All.Select(file => file.Name)), name => Assert.Contains($"| `{name}` |", table, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(None))]
    public void What_is_no_audio_is_refused_by_what_it_is(string name)
    {
        var file = NoAudio.All.Single(file => file.Name == name);
        var exception = Assert.Throws<AudioFormatException>(() => AudioFiles.Read(file.Make(_kitchen)));
        Assert.Contains(file.Says, exception.Message, StringComparison.Ordinal);
    }

    private void Check(string name)
    {
        var trap = Trap.Named(name);
        var file = _kitchen.Make(trap);
        var info = AudioInfoReader.ReadFile(file);
        Assert.Equal(trap.Truth.Count(trap, file, _kitchen), AudioFiles.SamplesOf(info));
        Assert.Equal((trap.Format, trap.Codec, trap.Rate, trap.Channels, trap.Bitrate), (info.Format, info.Codec, info.SampleRate, info.Channels, info.Bitrate));
        Assert.Equal(trap.Faults, info.Faults);
        Assert.Equal(file, info.Path);
        // What the sound needs is most of the file: headers, tags and pictures are not counted.
        var kbps = info.Duration == TimeSpan.Zero ? 0 : new FileInfo(file).Length * 8 / 1000.0 / info.Duration.TotalSeconds;
        Assert.InRange(info.AverageBitrate, 0, Math.Ceiling(kbps));
    }

    /// <summary>One for all, since each file is made once.</summary>
    public sealed class Kitchen : IDisposable
    {
        internal TrapKitchen Traps { get; } = new();

        public void Dispose() => Traps.Dispose();
    }
}
