using System.Text;
using RunwareTts.Batch;
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
            Assert.Single(inbox.Receive(items[n])!);
            inbox.Deliver([], 0);
        });
        using CancellationTokenSource over = new();
        await over.CancelAsync();
        Task<BatchEvent[]> taken = Task.Run(() => inbox.Take(over.Token, CancellationToken.None).ToArray());
        Assert.Empty(await taken.WaitAsync(Listening.Patience));
        Assert.Equal(Count, inbox.Received);
    }

    private static IReadOnlyList<WebhookItem> Read(int n)
    {
        using MemoryStream body = new(Encoding.UTF8.GetBytes(Listening.Item(audio: $"{n}")));
        return WebhookItem.ReadAll(body, out _)!;
    }
}
