using System.Collections;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.SelfHosted;
using Kind = RunwareTts.Providers.SelfHosted.ServerKind;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>The table of Connect-TtsService -SelfHosted.</summary>
public sealed class ServerFleetTests
{
    private static readonly ApiKey Key = ApiKey.From("5ecret")!;

    [Theory]
    [InlineData("http://gpu1:8091", "http://gpu1:8091")]
    [InlineData("http://gpu1:8091/", "http://gpu1:8091")]
    [InlineData(" http://gpu1:8091/v1 ", "http://gpu1:8091")]
    [InlineData("http://gpu1:8091/v1/", "http://gpu1:8091")]
    [InlineData("https://gate.example/qwen/v1", "https://gate.example/qwen")]
    [InlineData("https://gate.example/qwen/", "https://gate.example/qwen")]
    [InlineData("https://gate.example/v1/qwen", "https://gate.example/v1/qwen")]
    [InlineData("https://gate.example/tv1", "https://gate.example/tv1")]
    [InlineData("HTTP://GPU1", "http://gpu1")]
    [InlineData("http://[::1]:8091", "http://[::1]:8091")]
    [InlineData("http://gpu1:8091/v1/audio/speech", "http://gpu1:8091")]
    public void A_URL_may_end_with_the_version_or_not(string url, string name)
    {
        SpeechServer server = Assert.Single(Read("CustomVoice", url).Servers);
        Assert.Equal(name, server.Name);
        Assert.Equal($"{name}/v1/audio/speech", server.At("v1/audio/speech").AbsoluteUri);
    }

    [Fact]
    public void A_model_has_one_server_or_several_by_its_name_or_id()
    {
        Hashtable table = new()
        {
            [" customvoice "] = (object[])["http://a:1", new Uri("http://b:2")],
            [SpeechCatalog.VoiceDesign.ModelId] = "http://a:1",
            ["Base"] = new Uri("http://c:3"),
        };
        ServerFleet fleet = ServerFleet.Read(table, Kind.SglangOmni, null);
        Assert.Equal(["http://a:1", "http://b:2"], Names(fleet, SpeechCatalog.CustomVoice));
        Assert.Equal(["http://a:1"], Names(fleet, SpeechCatalog.VoiceDesign));
        Assert.Equal(["http://c:3"], Names(fleet, SpeechCatalog.Base));
        Assert.All(fleet.Servers, server => Assert.Equal(Kind.SglangOmni, server.GivenKind));
        Assert.All(fleet.Servers, server => Assert.False(server.Describe().IsReady));
    }

    [Theory]
    [InlineData("CustomVoice", "gpu1:8091", "The URL 'gpu1:8091' of CustomVoice is not an absolute http or https URL.")]
    [InlineData("CustomVoice", "", "The URL '' of CustomVoice is not an absolute http or https URL.")]
    [InlineData("CustomVoice", null, "The URL '' of CustomVoice is not an absolute http or https URL.")]
    [InlineData("Base", "ftp://gpu1/v1", "The URL 'ftp://gpu1/v1' of Base is not an absolute http or https URL.")]
    [InlineData("Base", "file:///models/base", "is not an absolute http or https URL.")]
    [InlineData("Base", "/v1", "The URL '/v1' of Base is not an absolute http or https URL.")]
    [InlineData("Base", "http://user:5ecret@gpu1",
        "The URL of Base at gpu1 has a user name or password. A key is given as -ApiKey.")]
    [InlineData("Base", "http://gpu1/v1?key=5ecret", "The URL 'http://gpu1/v1?****' of Base has a query.")]
    [InlineData("Base", "http://gpu1/v1#5ecret", "The URL 'http://gpu1/v1?****' of Base has a query.")]
    [InlineData("Custom", "http://gpu1", "'Custom' is not a model.")]
    [InlineData("CustomVoise", "http://gpu1", "'CustomVoise' is not a model. Did you mean 'CustomVoice'?")]
    [InlineData("", "http://gpu1", "'' is not a model.")]
    public void A_bad_table_is_refused_with_its_value_and_what_is_allowed(string model, string? url, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => Read(model, url));
        Assert.Equal(("InvalidRequest.SelfHosted", true), (error.ErrorId, error.EndsPipeline));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("SelfHosted is a table of URLs by model (CustomVoice, VoiceDesign, Base)", error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_needs_a_URL()
    {
        Refused(new Hashtable(), "The table is empty.");
        Refused(new Hashtable { ["Base"] = Array.Empty<string>() }, "Base has no URL.");
        Refused(new Hashtable { ["Base"] = Array.Empty<string>(), ["CustomVoice"] = "http://a" }, "Base has no URL.");
        Refused(new Hashtable { ["Base"] = (object?[])["http://a", null] }, "The URL '' of Base");
    }

    [Fact]
    public void A_server_stands_once_for_a_model() =>
        Refused(new Hashtable { ["Base"] = (string[])["http://A:1/v1", "http://a:1"] },
            "http://a:1/ is listed twice for Base.");

    [Theory]
    [InlineData("https://gpu1.example")]
    [InlineData("http://127.0.0.1:8091")]
    [InlineData("http://localhost:8091/v1")]
    [InlineData("http://[::1]:8091")]
    public void A_key_goes_over_https_or_to_this_machine(string url) =>
        Assert.Same(Key, Read("Base", url, Key).Key);

    [Theory]
    [InlineData("http://gpu1:8091")]
    [InlineData("http://10.0.0.7:8091")]
    [InlineData("http://127.0.0.1.example.com")]
    public void And_nowhere_else(string url)
    {
        TtsException error = Assert.Throws<TtsException>(() => Read("Base", url, Key));
        Assert.Contains($"The URL '{url}' of Base is not https, and the key would be sent there.", error.Message,
            StringComparison.Ordinal);
        Assert.Single(Read("Base", url).Servers);
    }

    private static void Refused(IDictionary table, string says)
    {
        TtsException error = Assert.Throws<TtsException>(() => ServerFleet.Read(table, null, null));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static ServerFleet Read(string model, string? url, ApiKey? key = null) =>
        ServerFleet.Read(new Hashtable { [model] = url }, null, key);

    private static string[] Names(ServerFleet fleet, TtsModel model) =>
        [.. fleet.ServersOf(model.ModelId).Select(server => server.Name)];
}
