using RunwareTts.Batch;

namespace RunwareTts.Tests.Batch;

/// <summary>The places of tasks in flight: never too many, none lost, and everybody comes in.</summary>
public sealed class PlacesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Whoever_waits_for_a_closed_gate_comes_in_when_it_opens()
    {
        for (int i = 0; i < 150; i++)
        {
            Places places = new(1, _ => { });
            // Parts of a millisecond are what a date in Retry-After leaves, and what a timer does not wait for.
            places.PushedBack(places.Now, TimeSpan.FromMilliseconds(3 + i % 5 + 0.9));
            await places.TakeAsync(1, CancellationToken.None).WaitAsync(Patience);
        }
    }
}
