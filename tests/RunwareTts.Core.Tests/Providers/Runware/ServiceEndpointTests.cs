using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests.Providers.Runware;

public sealed class ServiceEndpointTests
{
    [Theory]
    [InlineData("http://10.0.0.1/v1")]
    [InlineData("http://example.com/v1")]
    [InlineData("http://localhost@example.com/v1")]
    [InlineData("nonsense")]
    public void A_key_does_not_go_there(string endpoint)
    {
        TtsException error = Assert.Throws<TtsException>(() => ServiceEndpoint.Parse(endpoint));
        Assert.Equal(("InvalidRequest.Endpoint", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("https", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("http://localhost/v1")]
    [InlineData("https://example.com/v1")]
    public void A_key_goes_there(string endpoint) => Assert.Equal(endpoint, ServiceEndpoint.Parse(endpoint).ToString());
}
