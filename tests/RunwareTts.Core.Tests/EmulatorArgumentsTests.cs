using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>The switches of the emulator's program.</summary>
public sealed class EmulatorArgumentsTests
{
    [Fact]
    public void All_switches_are_read_in_any_order()
    {
        var read = Arguments.Read(["--lean", "--voice", "tiny", "--fault-rate", "0.2", "--fault-seed", "7", "--task-time", "0.25", "--key", "k", "--urls", "http://127.0.0.1:0"])!;
        Assert.Equal(new EmulatorOptions { ApiKey = "k", Lean = true, TaskTime = TimeSpan.FromSeconds(0.25) }, read.Options);
        Assert.Equal((0.2, 7, (Speak)TinyVoice.SpeakAsync), (read.FaultRate, read.FaultSeed, read.Voice));
    }

    [Fact]
    public void Without_any_it_is_a_quick_draft_without_faults()
    {
        var read = Arguments.Read([])!;
        Assert.Equal((0.0, false, TimeSpan.Zero, (Speak)DraftVoice.SpeakAsync), (read.FaultRate, read.Options.Lean, read.Options.TaskTime, read.Voice));
    }

    [Theory]
    [InlineData("--voice", "loud")]
    [InlineData("--voice")]
    [InlineData("--fault-rate", "1.2")]
    [InlineData("--fault-rate", "NaN")]
    [InlineData("--fault-seed", "0.5")]
    [InlineData("--task-time", "-1")]
    [InlineData("--lean", "yes")]
    [InlineData("--what")]
    public void What_it_does_not_know_is_refused(params string[] args) => Assert.Null(Arguments.Read(args));
}
