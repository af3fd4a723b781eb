using System.Net;
using System.Text;
using System.Text.Json;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests;

/// <summary>The emulator, driven over HTTP as a person or Pester does.</summary>
public sealed class EmulatorControlTests : IAsyncLifetime
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello" };

    private readonly HttpClient _http = new();
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_shape_and_faults_happen_as_often_as_asked_for()
    {
        Assert.Equal(HttpStatusCode.OK, await OrderAsync("""{"on":"submit","fault":"single-ack"}"""));
        Assert.Equal(HttpStatusCode.OK, await OrderAsync("""{"on":"poll","fault":"status","times":2,"status":429,"retryAfter":"0","body":{"errors":[{"code":"rateLimitExceeded","message":"busy"}]}}"""));
        Assert.Equal(HttpStatusCode.OK, await OrderAsync("""{"on":"download","fault":"cut-download"}"""));
        using TempFolder folder = new();
        Assert.Single(_service.Run([Hello], folder.Path).Spoken());

        using JsonDocument record = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_service.Control, "record")));
        Assert.Equal((1, 2, 0), (Int(record, "chargedTasks"), Int(record, "downloads"), Int(record, "pending")));
        Assert.Equal(0.0002m, record.RootElement.GetProperty("charged").GetDecimal());
        Assert.Equal(1, record.RootElement.GetProperty("tasks").GetProperty("audioInference").GetInt32());
        Assert.True(record.RootElement.GetProperty("tasks").GetProperty("getResponse").GetInt32() >= 3);
    }

    [Fact]
    public async Task Every_fault_and_every_shape_can_be_asked_for()
    {
        using JsonDocument names = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_service.Control, "fault")));
        string[] faults = [.. names.RootElement.GetProperty("faults").EnumerateArray().Select(n => n.GetString()!)];
        string[] shapes = [.. names.RootElement.GetProperty("shapes").EnumerateObject().Select(n => n.Name)];
        Assert.Equal(typeof(Fault).GetNestedTypes().Length - 1, faults.Length);
        Assert.Equal(AnswerShapes.All.Select(s => s.Name), shapes);
        Assert.Empty(faults.Intersect(shapes));
        foreach (string name in faults.Concat(shapes))
        {
            string last = name.Split('-')[^1];
            Assert.Equal(HttpStatusCode.OK, await OrderAsync($$"""{"on":"{{(last is "download" or "webhook" ? last : "submit")}}","fault":"{{name}}"}"""));
        }

        Assert.Equal(faults.Length + shapes.Length, _service.Faults.Pending);

        using HttpResponseMessage cleared = await _http.DeleteAsync(new Uri(_service.Control, "fault"));
        Assert.Equal(0, _service.Faults.Pending);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"on":"submit"}""")]
    [InlineData("""{"on":"submit","fault":"no-such-thing"}""")]
    [InlineData("""{"on":"elsewhere","fault":"html"}""")]
    [InlineData("""{"on":"poll","fault":"html-download"}""")]
    [InlineData("""{"on":"download","fault":"bare-array"}""")]
    [InlineData("""{"on":"webhook","fault":"slow"}""")]
    [InlineData("""{"on":"submit","fault":"duplicate-webhook"}""")]
    [InlineData("""{"on":"poll","fault":"html","times":0}""")]
    [InlineData("""{"on":"poll","fault":"html","time":2}""")]
    [InlineData("""{"on":"poll","rate":1.1}""")]
    [InlineData("""{"on":"poll","rate":-0.1}""")]
    [InlineData("""{"on":"poll","rate":0.5,"times":2}""")]
    [InlineData("""{"on":"poll","rate":0.5,"fault":"html-download"}""")]
    [InlineData("""{"rate":0.5,"fault":"html"}""")]
    [InlineData("""{"on":"poll","fault":"html","seed":7}""")]
    [InlineData("""{"fault":"html"}""")]
    public async Task A_bad_order_is_refused_with_a_reason(string order)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await OrderAsync(order));
        Assert.Equal(0, _service.Faults.Pending);
    }

    private async Task<HttpStatusCode> OrderAsync(string json)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri(_service.Control, "fault"), body);
        return response.StatusCode;
    }

    private static int Int(JsonDocument record, string name) => record.RootElement.GetProperty(name).GetInt32();
}
