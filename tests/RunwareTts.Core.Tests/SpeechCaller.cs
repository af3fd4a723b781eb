using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>A speech server of its own and an HttpClient, with nothing of the module between them.</summary>
internal sealed class SpeechCaller : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private SpeechCaller(SpeechServer server) => Server = server;

    public SpeechServer Server { get; }

    public static async Task<SpeechCaller> StartAsync(
        SpeechServerKind kind = SpeechServerKind.VllmOmni,
        SpeechModel model = SpeechModel.CustomVoice,
        SpeechServerSwitches? switches = null) =>
        new(await SpeechServer.StartAsync(new SpeechServerOptions
        {
            Kind = kind,
            Model = model,
            Switches = switches ?? new SpeechServerSwitches { Tiny = true },
        }));

    /// <summary>A clip of silence, as a data: URI.</summary>
    public static string Clip(double seconds = 3)
    {
        var take = new SpeechTake(new byte[(int)(seconds * 24000) * 2], 24000, 1, IsCut: false);
        return "data:audio/wav;base64," + Convert.ToBase64String(SpeechEncoder.Wav(take));
    }

    public async Task<HttpResponseMessage> SpeakAsync(string json)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        return await _http.PostAsync(new Uri(Server.Url, "/v1/audio/speech"), body);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> RefusedAsync(string json)
    {
        using var response = await SpeakAsync(json);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<byte[]> ClipOfAsync(string json)
    {
        using var response = await SpeakAsync(json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(Server.Url, path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, string? json = null)
    {
        using HttpRequestMessage request = new(method, new Uri(Server.Control, path))
        {
            Content = json is null ? null : new StringContent(json),
        };
        using var response = await _http.SendAsync(request);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return Server.DisposeAsync();
    }
}
