using RunwareTts.Batch;

namespace RunwareTts.Tests.Batch;

public sealed class PollScheduleTests
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(0.75);

    [Fact]
    public void An_unknown_length_is_asked_for_early_and_then_less_and_less_often()
    {
        PollSchedule schedule = new(FirstPoll);
        Assert.Equal(FirstPoll, schedule.Due(100, 0, TimeSpan.Zero));
        TimeSpan second = schedule.Due(100, 1, TimeSpan.FromSeconds(4)) - TimeSpan.FromSeconds(4);
        Assert.Equal(TimeSpan.FromSeconds(2), second);
        Assert.Equal(TimeSpan.FromSeconds(10), schedule.Due(100, 9, TimeSpan.FromMinutes(5)) - TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_task_costs_about_two_polls_once_its_length_is_known()
    {
        PollSchedule schedule = new(FirstPoll);
        Random random = new(3);
        for (int i = 0; i < 20; i++)
            Simulate(schedule, 300, 3.7 + 1.1 * random.NextDouble());
        double[] polls = [.. Enumerable.Range(0, 400).Select(_ => (double)Simulate(schedule, 300, 3.7 + 1.1 * random.NextDouble()).Polls)];
        Assert.InRange(polls.Average(), 1, 2.5);
    }

    [Fact]
    public void What_is_learned_of_one_length_is_the_first_guess_for_another()
    {
        PollSchedule schedule = new(FirstPoll);
        for (int i = 0; i < 20; i++)
            Simulate(schedule, 300, 4);
        Assert.InRange(schedule.Due(1500, 0, TimeSpan.Zero).TotalSeconds, 3, 5);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public void One_slow_task_does_not_make_those_after_it_late(double slow)
    {
        PollSchedule schedule = new(FirstPoll);
        Simulate(schedule, 300, slow);
        Assert.True(schedule.Due(300, 0, TimeSpan.Zero) <= TimeSpan.FromSeconds(60));
        for (int i = 0; i < 16; i++)
            Simulate(schedule, 300, 4);
        Assert.InRange(Simulate(schedule, 300, 4).Seen, 4, 5.5);
    }

    private static (int Polls, double Seen) Simulate(PollSchedule schedule, int length, double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        TimeSpan before = TimeSpan.Zero;
        TimeSpan at = schedule.Due(length, 0, TimeSpan.Zero);
        int polls = 1;
        for (; at < time; polls++)
        {
            before = at;
            at = schedule.Due(length, polls, at);
        }

        schedule.Learn(length, polls, before, at);
        return (polls, at.TotalSeconds);
    }
}
