using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class NameHashTests
{
    [Fact]
    public void Names_that_differ_only_in_case_or_in_their_accents_are_one_file()
    {
        Assert.Equal(NameHash.OfFile("a/Été.mp3"), NameHash.OfFile("A/éTÉ.MP3"));
        Assert.Equal(NameHash.OfFile("caf\u00E9"), NameHash.OfFile("cafe\u0301"));
        Assert.NotEqual(NameHash.Of("a"), NameHash.Of("A"));
    }
}
