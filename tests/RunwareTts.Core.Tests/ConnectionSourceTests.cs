using RunwareTts.Providers;
using RunwareTts.Providers.Http;

namespace RunwareTts.Tests;

/// <summary>Where a key and an endpoint come from, and that a key goes nowhere else.</summary>
public sealed class ConnectionSourceTests
{
    private static readonly ApiKey Key = ApiKey.From("some-key")!;

    [Fact]
    public void A_key_of_the_environment_does_not_follow_an_endpoint_beside_a_session()
    {
        Connection session = Connection.Resolve(Key, "https://one.example/v1", null, _ => null);
        Connection other = Connection.Resolve(null, "https://two.example/v1", session, name => name == "RUNWARE_API_KEY" ? "environment" : null);
        Assert.Equal((null, "None"), (other.Key, other.KeySource));
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("")]
    [InlineData(null)]
    public void A_blank_key_is_none(string? blank) =>
        Assert.Equal("None", Connection.Resolve(null, null, null, name => name == "RUNWARE_API_KEY" ? blank : null).KeySource);

    [Fact]
    public void An_endpoint_of_the_environment_is_held_to_the_same()
    {
        TtsException error = Assert.Throws<TtsException>(
            () => Connection.Resolve(Key, null, null, name => name == "RUNWARE_API_URL" ? "http://example.com/v1" : null));
        Assert.Equal("InvalidRequest.Endpoint", error.ErrorId);
    }

    [Fact]
    public void Blanks_around_a_key_are_no_part_of_it() => Assert.Equal("some-key", ApiKey.From(" some-key\n")!.Reveal());

    [Fact]
    public void A_session_of_drafts_stands_back_for_what_is_on_the_line()
    {
        Connection drafts = Connection.Offline;
        Assert.True(Connection.Resolve(null, null, drafts, _ => "environment").IsOffline);
        Assert.False(Connection.Resolve(Key, "https://one.example/v1", drafts, _ => null).IsOffline);
    }
}
