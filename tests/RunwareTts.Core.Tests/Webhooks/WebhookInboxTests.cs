using System.Text;
using RunwareTts.Tests.Providers.Runware;
using RunwareTts.Webhooks;

namespace RunwareTts.Tests.Webhooks;

/// <summary>What stands between the threads that receive and the one that writes.</summary>
public sealed class WebhookInboxTests
{
    private const int Count = 20_000;

    /// <summary>A delivery that is counted in while another is counted out would be waited for without end.</summary>
    [Fact]
    public async Task Ends_when_all_have_come_however_many_come_at_one_time()
    {
        WebhookOptions options = new() { Prefix = "http://127.0.0.1:9/", Token = Listening.Token, Count = Count };
        WebhookInbox inbox = new(options, new MemoryBudget(1));
        WebhookItem[][] items = [.. Enumerable.Range(0, Count).Select(n => Read(n).ToArray())];
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n =>
        {
            Assert.Equal(Reception.Taken, inbox.Receive(items[n], out _));
            inbox.Deliver([], 0);
        });
        using CancellationTokenSource over = new();
        await over.CancelAsync();
        Assert.Empty(await Task.Run(() => inbox.Take(over.Token, CancellationToken.None).ToArray()).WaitAsync(Listening.Patience));
        Assert.Equal(Count, inbox.Taken);
    }

    private static IReadOnlyList<WebhookItem> Read(int n)
    {
        using MemoryStream body = new(Encoding.UTF8.GetBytes(Listening.Item(audio: $"{n}")));
        return WebhookItem.ReadAll(body, out _)!;
    }
}
