using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>An emulator of its own and an HttpClient, with nothing of the module between them.</summary>
internal sealed class PlainCaller : IAsyncDisposable
{
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", new EmulatorOptions().ApiKey) } };

    private PlainCaller(EmulatorHost host) => Host = host;

    public EmulatorHost Host { get; }

    /// <summary>By default with a voice of five bytes.</summary>
    public static async Task<PlainCaller> StartAsync(EmulatorOptions? options = null, Speak? speak = null) =>
        new(await EmulatorHost.StartAsync(options ?? new EmulatorOptions(), speak ?? ((_, _) => Task.FromResult("audio"u8.ToArray()))));

    public static JsonObject Speech(string text = "Hello", string? uuid = null, string delivery = "sync") => new()
    {
        ["taskType"] = "audioInference",
        ["taskUUID"] = uuid ?? NewId(),
        ["model"] = "alibaba:qwen@3-tts-1.7b-customvoice",
        ["speech"] = new JsonObject { ["text"] = text, ["voice"] = "ryan" },
        ["deliveryMethod"] = delivery,
        ["includeCost"] = true,
    };

    public static JsonObject Ask(string type, string uuid) => new() { ["taskType"] = type, ["taskUUID"] = uuid };

    public static string NewId() => Guid.NewGuid().ToString();

    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(params JsonObject[] tasks)
    {
        using HttpResponseMessage response = await SendRawAsync(tasks);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<HttpResponseMessage> SendRawAsync(params JsonObject[] tasks)
    {
        using StringContent body = new(new JsonArray(tasks).ToJsonString(), Encoding.UTF8, "application/json");
        return await _http.PostAsync(Host.Endpoint, body);
    }

    /// <summary>Which of the tasks would be taken, by a dry run.</summary>
    public async Task<bool[]> WouldTakeAsync(params JsonObject[] tasks)
    {
        string json = new JsonArray([.. tasks.Select(t => t.DeepClone())]).ToJsonString();
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        body.Headers.Add("X-Runware-Dry-Run", "1");
        using HttpResponseMessage response = await _http.PostAsync(Host.Endpoint, body);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        HashSet<string> taken = answer["data"] is JsonArray data ? [.. data.Select(d => (string)d!["taskUUID"]!)] : [];
        return [.. tasks.Select(t => taken.Contains((string)t["taskUUID"]!))];
    }

    public async Task<HttpResponseMessage> GetAsync(Uri url) => await _http.GetAsync(url);

    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, string? json = null)
    {
        using HttpRequestMessage request = new(method, new Uri(Host.Control, path)) { Content = json is null ? null : new StringContent(json) };
        using HttpResponseMessage response = await _http.SendAsync(request);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return Host.DisposeAsync();
    }
}
