using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests.Providers;

public sealed class ConnectionTests
{
    private static readonly ApiKey Key = ApiKey.From("parameter-key")!;

    [Fact]
    public void A_key_on_the_line_comes_first_then_the_session_then_the_environment()
    {
        Connection session = Connection.Resolve(ApiKey.From("session-key"), null, null, _ => null);
        Assert.Equal("parameter-key", Connection.Resolve(Key, null, session, _ => "environment").Key!.Reveal());
        Assert.Equal("session-key", Connection.Resolve(null, null, session, name => name == "RUNWARE_API_KEY" ? "environment" : null).Key!.Reveal());
        Connection environment = Connection.Resolve(null, null, null, name => name == "RUNWARE_API_KEY" ? "environment" : "https://proxy.example/v1");
        Assert.Equal(("environment", "Environment", "https://proxy.example/v1"), (environment.Key!.Reveal(), environment.KeySource, environment.Endpoint!.ToString()));
    }

    [Fact]
    public void The_session_key_goes_to_the_session_endpoint_only()
    {
        Connection session = Connection.Resolve(Key, "https://one.example/v1", null, _ => null);
        Connection other = Connection.Resolve(null, "https://two.example/v1", session, _ => null);
        Assert.Null(other.Key);
        TtsException error = Assert.Throws<TtsException>(() => other.CreateProvider().EnsureReady());
        Assert.Equal(("ApiKeyMissing", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("one.example", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Offline_is_never_chosen_by_itself()
    {
        Connection none = Connection.Resolve(null, null, null, _ => null);
        Assert.False(none.IsOffline);
        string message = Assert.Throws<TtsException>(() => none.CreateProvider().EnsureReady()).Message;
        Assert.Contains("RUNWARE_API_KEY", message, StringComparison.Ordinal);
        Assert.Contains("Connect-TtsService -Offline", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.runware.ai/v1")]
    [InlineData("ftp://127.0.0.1/v1")]
    [InlineData("api.runware.ai/v1")]
    [InlineData("https://user:secret@api.runware.ai/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    public void A_key_goes_over_https_or_to_this_machine(string endpoint)
    {
        TtsException error = Assert.Throws<TtsException>(() => ServiceEndpoint.Parse(endpoint));
        Assert.Equal("InvalidRequest.Endpoint", error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_not_shown()
    {
        Assert.Equal("****", Key.ToString());
        Assert.DoesNotContain("parameter-key", System.Text.Json.JsonSerializer.Serialize(Key), StringComparison.Ordinal);
        Assert.Null(ApiKey.From("  "));
    }

    [Theory]
    [InlineData("https://b.example/x?X-Amz-Signature=abc", "https://b.example/x?****")]
    [InlineData("https://user:pw@b.example/x", "https://****@b.example/x")]
    [InlineData("https://b.example/x@y", "https://b.example/x@y")]
    public void A_presigned_url_is_shown_without_its_secret(string url, string shown) => Assert.Equal(shown, Presigned.Mask(url));
}
