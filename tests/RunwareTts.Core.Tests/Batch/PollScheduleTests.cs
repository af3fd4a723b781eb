using RunwareTts.Batch;
using RunwareTts.Catalog;

namespace RunwareTts.Tests.Batch;

public sealed class PollScheduleTests
{
    private const string Unlisted = "another:tts@1";
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(0.75);
    private static readonly TaskTime Documented = new(3.6, 4.8, "");

    [Fact]
    public void A_task_of_an_unlisted_model_is_polled_early_and_then_less_and_less_often()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        TaskKind kind = new(Unlisted, 100);
        Assert.False(schedule.NeedsScout(kind));
        Assert.Equal(0.75, Due(schedule, kind, 0, 0));
        Assert.Equal(6, Due(schedule, kind, 1, 4));
        Assert.Equal(310, Due(schedule, kind, 9, 300));
    }

    [Theory]
    [InlineData("CustomVoice")]
    [InlineData("alibaba:qwen@3-tts-1.7b-customvoice")]
    public void A_task_of_the_catalogue_is_first_polled_a_tenth_after_the_earliest_documented_end(string model)
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        TaskKind kind = new(model, 100);
        Assert.Equal(3.96, Due(schedule, kind, 0, 0), 0.001);
        Assert.Equal(3.96 * 1.1, Due(schedule, kind, 1, 3.96), 0.001);
        Assert.Equal(12, Due(schedule, kind, 5, 10), 0.001);
        // A wait that begins late, in another pipeline.
        Assert.Equal(5.5, Due(schedule, kind, 1, 5), 0.001);
    }

    [Fact]
    public void A_first_poll_that_was_given_counts_more_than_the_documentation()
    {
        PollSchedule schedule = new(FirstPoll);
        Assert.Equal(0.75, Due(schedule, new TaskKind("CustomVoice", 100), 0, 0));
    }

    [Fact]
    public void A_scout_polls_early_until_something_is_learned()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        TaskKind kind = new("CustomVoice", 100);
        Assert.True(schedule.NeedsScout(kind));
        Assert.Equal(0.75, Due(schedule, kind, 0, 0, isScout: true));
        Assert.Equal(1.875, Due(schedule, kind, 1, 0.75, isScout: true));
        Assert.Equal(3.96, Due(schedule, kind, 2, 1.875, isScout: true), 0.001);
        Learn(schedule, kind, 0, 0.75);
        Assert.False(schedule.NeedsScout(kind));
        // All that were submitted with it are due now.
        Assert.InRange(Due(schedule, kind, 0, 0), 0.5, 0.75);
    }

    [Theory]
    [InlineData(0.8, 1.2, false)]
    [InlineData(1.4, 1.6, false)]
    [InlineData(3.6, 4.8, true)]
    [InlineData(3.6, 4.8, false)]
    [InlineData(18, 24, false)]
    public void Once_a_time_is_known_a_task_takes_two_polls_and_is_seen_within_a_tenth_of_its_time(
        double from, double to, bool isFirst)
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        Random random = new(3);
        for (int batch = 0; !isFirst && batch < 3; batch++)
            SimulateTogether(schedule, 40, () => from + ((to - from) * random.NextDouble()));
        (double polls, double delay) = SimulateTogether(schedule, 40, () => from + ((to - from) * random.NextDouble()));
        Assert.InRange(polls, 1, 2.5);
        Assert.InRange(delay, 0, 0.1);
    }

    [Fact]
    public void One_after_the_other_takes_two_polls_too()
    {
        PollSchedule schedule = new(FirstPoll);
        TaskKind kind = new(Unlisted, 300);
        Random random = new(3);
        for (int i = 0; i < 20; i++)
            Simulate(schedule, kind, 3.7 + (1.1 * random.NextDouble()));
        (int Polls, double Seen)[] seen =
            [.. Enumerable.Range(0, 400).Select(_ => Simulate(schedule, kind, 3.7 + (1.1 * random.NextDouble())))];
        Assert.InRange(seen.Average(s => s.Polls), 1, 2.5);
    }

    [Fact]
    public void What_is_learned_of_one_length_is_the_first_guess_for_another_and_not_for_another_model()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        for (int i = 0; i < 20; i++)
            Simulate(schedule, new TaskKind("CustomVoice", 300), 8);
        Assert.InRange(Due(schedule, new TaskKind("CustomVoice", 1500), 0, 0), 7, 9);
        Assert.Equal(3.96, Due(schedule, new TaskKind("VoiceDesign", 300), 0, 0), 0.001);
        Assert.Equal(0.75, Due(schedule, new TaskKind(Unlisted, 300), 0, 0));
    }

    [Fact]
    public void Texts_of_different_lengths_have_times_of_their_own()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        for (int i = 0; i < 20; i++)
        {
            Simulate(schedule, new TaskKind("CustomVoice", 40), 4);
            Simulate(schedule, new TaskKind("CustomVoice", 1900), 16);
        }

        Assert.InRange(Due(schedule, new TaskKind("CustomVoice", 40), 0, 0), 3, 4.5);
        Assert.InRange(Due(schedule, new TaskKind("CustomVoice", 1900), 0, 0), 12, 17.5);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public void One_slow_task_does_not_make_those_after_it_late(double slow)
    {
        PollSchedule schedule = new(FirstPoll);
        TaskKind kind = new(Unlisted, 300);
        Simulate(schedule, kind, slow);
        Assert.True(Due(schedule, kind, 0, 0) <= 60);
        for (int i = 0; i < 16; i++)
            Simulate(schedule, kind, 4);
        Assert.InRange(Simulate(schedule, kind, 4).Seen, 4, 5.5);
    }

    [Fact]
    public void Many_that_are_found_done_by_one_poll_lower_the_estimate_little()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        TaskKind kind = new("CustomVoice", 300);
        for (int i = 0; i < 500; i++)
            Learn(schedule, kind, 0, 3.96);
        Assert.InRange(Due(schedule, kind, 0, 0), 3.96 / 1.3, 3.96);
        // One after the other, they show that the service has become faster.
        for (int i = 0; i < 20; i++)
            Simulate(schedule, kind, 1);
        Assert.InRange(Due(schedule, kind, 0, 0), 0.5, 1.2);
    }

    [Fact]
    public void A_known_end_is_learned_without_the_delay_of_polls()
    {
        PollSchedule schedule = new(FirstPoll, Documented);
        TaskKind kind = new("CustomVoice", 300);
        for (int i = 0; i < 40; i++)
            Learn(schedule, kind, 2, 2);
        Assert.InRange(Due(schedule, kind, 0, 0), 1.8, 2.2);
    }

    private static double Due(PollSchedule schedule, TaskKind kind, int polls, double elapsed, bool isScout = false) =>
        schedule.Due(kind, polls, TimeSpan.FromSeconds(elapsed), isScout).TotalSeconds;

    private static void Learn(PollSchedule schedule, TaskKind kind, double open, double seen) =>
        schedule.Learn(new TaskSpan(kind, TimeSpan.FromSeconds(open), TimeSpan.FromSeconds(seen)));

    private static (int Polls, double Seen) Simulate(PollSchedule schedule, TaskKind kind, double seconds)
    {
        double open = 0;
        double at = Due(schedule, kind, 0, 0);
        int polls = 1;
        for (; at < seconds; polls++)
        {
            open = at;
            at = Due(schedule, kind, polls, at);
        }

        Learn(schedule, kind, open, at);
        return (polls, at);
    }

    // Tasks that were submitted together: the polls of one see what was learned of those that were seen before.
    private static (double Polls, double Delay) SimulateTogether(PollSchedule schedule, int count, Func<double> time)
    {
        TaskKind kind = new("CustomVoice", 300);
        List<(double Time, int Polls, double Open, double Next)> open = [];
        bool needsScout = schedule.NeedsScout(kind);
        for (int i = 0; i < count; i++)
            open.Add((time(), 0, 0, 0));
        int polls = 0;
        double now = 0;
        List<double> delays = [];
        while (open.Count > 0)
        {
            for (int i = 0; i < open.Count; i++)
            {
                if (open[i].Polls == 0)
                    open[i] = open[i] with { Next = Due(schedule, kind, 0, 0, needsScout && i == 0) };
            }

            now = Math.Max(now, open.Min(t => t.Next));
            for (int i = open.Count - 1; i >= 0; i--)
            {
                (double end, int asked, double last, double next) = open[i];
                if (next > now)
                    continue;
                polls++;
                if (end > now)
                {
                    open[i] = (end, asked + 1, now, Due(schedule, kind, asked + 1, now, needsScout && i == 0));
                    continue;
                }

                delays.Add((now - end) / end);
                Learn(schedule, kind, last, now);
                open.RemoveAt(i);
                needsScout &= i != 0;
            }
        }

        return ((double)polls / count, delays.Average());
    }
}
