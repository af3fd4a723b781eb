using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>The map of a hundred thousand rows says what a dictionary says.</summary>
public sealed class KeyMapTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(256UL)]
    [InlineData(0x9E3779B97F4A7C15UL)]
    public void It_finds_what_was_set_last_and_nothing_else(ulong step)
    {
        KeyMap map = new();
        Dictionary<ulong, long> truth = [];
        for (int i = 1; i <= 20_000; i++)
        {
            ulong key = (ulong)(i % 15_000 + 1) * step;
            map.Set(key, i);
            truth[key] = i;
        }

        foreach ((ulong key, long value) in truth)
        {
            Assert.True(map.TryGet(key, out long found));
            Assert.Equal(value, found);
            Assert.Equal(truth.ContainsKey(key + 128), map.TryGet(key + 128, out _));
        }
    }

    [Fact]
    public void Names_that_differ_only_in_case_or_in_their_accents_are_one_file()
    {
        Assert.Equal(KeyMap.KeyOfFile("a/Été.mp3"), KeyMap.KeyOfFile("A/éTÉ.MP3"));
        Assert.Equal(KeyMap.KeyOfFile("caf\u00E9"), KeyMap.KeyOfFile("cafe\u0301"));
        Assert.NotEqual(KeyMap.KeyOf("a"), KeyMap.KeyOf("A"));
    }
}
