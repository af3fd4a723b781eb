using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>What the emulator posts by itself, to a bare listener.</summary>
public sealed class EmulatorWebhookTests
{
    [Fact]
    public async Task A_duplicate_is_the_same_item_posted_again()
    {
        await using var caller = await PlainCaller.StartAsync();
        using Listener listener = new();
        caller.Host.Faults.OnWebhook(new Fault.DuplicateWebhook());
        var (once, twice) = (PlainCaller.Speech("Once"), PlainCaller.Speech("Twice"));
        foreach (var task in new[] { once, twice })
            task["webhookURL"] = listener.Url;

        await caller.SendAsync(twice);
        var (first, second) = (await listener.NextAsync(), await listener.NextAsync());
        await caller.SendAsync(once);
        var third = await listener.NextAsync();

        Assert.Equal(first, second);
        Assert.Equal((string?)twice["taskUUID"], (string?)JsonNode.Parse(first)!["taskUUID"]);
        Assert.Equal((string?)once["taskUUID"], (string?)JsonNode.Parse(third)!["taskUUID"]);
        Assert.Equal(2, caller.Host.Record.ChargedTasks);
    }

    private sealed class Listener : IDisposable
    {
        private readonly HttpListener _http;

        public Listener() => (_http, Url) = Loopback.Listen();

        public string Url { get; }

        public async Task<string> NextAsync()
        {
            var context = await _http.GetContextAsync().WaitAsync(TimeSpan.FromMinutes(2));
            using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
            var item = await reader.ReadToEndAsync();
            context.Response.Close();
            return item;
        }

        public void Dispose() => _http.Close();
    }
}
