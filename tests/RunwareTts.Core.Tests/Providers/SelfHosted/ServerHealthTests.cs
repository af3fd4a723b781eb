using RunwareTts.Providers.SelfHosted;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>What happened at one server, and how many requests it gets then.</summary>
public sealed class ServerHealthTests
{
    private static readonly Guid One = Guid.NewGuid();
    private static readonly Guid Two = Guid.NewGuid();

    private readonly ServerHealth _health = new(OwnServer.Of(), new ServerBackoff());

    [Fact]
    public void Many_refusals_of_requests_sent_together_halve_its_limit_once()
    {
        Take(10);
        for (int refusal = 0; refusal < 10; refusal++)
            _health.WasBusy(At(1), At(2 + refusal * 0.01), null);
        Release(10);
        Assert.Equal(5, Room(At(60)));
    }

    [Fact]
    public void A_request_sent_after_the_cut_halves_it_again_but_never_below_one()
    {
        int[] rooms = [4, 2, 1, 1];
        Take(8);
        _health.WasBusy(At(1), At(2), null);
        Release(8);
        for (int cut = 0; cut < rooms.Length; cut++)
        {
            double now = 100 * (cut + 1);
            Assert.Equal(rooms[cut], Room(At(now)));
            Take(rooms[cut]);
            _health.WasBusy(At(now), At(now + 1), null);
            Release(rooms[cut]);
        }
    }

    [Fact]
    public void Speech_raises_it_again_by_one_for_as_many_answers_as_it_has_places()
    {
        Take(8);
        _health.WasBusy(At(1), At(2), null);
        Release(8);
        for (int answer = 0; answer < 5; answer++)
            _health.Spoke(At(1), 10);
        Assert.Equal(5, Room(At(60)));
        for (int answer = 0; answer < 6; answer++)
            _health.Spoke(At(1), 10);
        Assert.Equal(6, Room(At(60)));
    }

    [Theory]
    // At once means as it thinks fit, or a server that is busy for ever would be asked without a pause.
    [InlineData(0, 2.25)]
    [InlineData(-1, 2.25)]
    [InlineData(3, 5.0)]
    [InlineData(59, 61.0)]
    // No server may close itself for longer than one that has failed is left out.
    [InlineData(3600, 62.0)]
    public void It_is_closed_for_as_long_as_it_asks(int seconds, double opens)
    {
        _health.WasBusy(At(1), At(2), TimeSpan.FromSeconds(seconds));
        Assert.Equal(At(opens), _health.OpensAt);
        Assert.True(_health.CanTake(At(opens)));
        Assert.False(_health.CanTake(At(2)));
        Assert.False(_health.IsOut);
    }

    [Fact]
    public void Without_a_time_it_is_closed_for_doubling_ones_until_it_speaks()
    {
        double[] waits = [0.25, 0.5, 1, 2, 4, 8, 8];
        for (int refusal = 0; refusal < waits.Length; refusal++)
        {
            double now = 100 * (refusal + 1);
            _health.WasBusy(At(now), At(now + 1), null);
            Assert.Equal(At(now + 1 + waits[refusal]), _health.OpensAt);
        }

        _health.Spoke(At(1), 10);
        _health.WasBusy(At(9000), At(9001), null);
        Assert.Equal(At(9001.25), _health.OpensAt);
    }

    [Fact]
    public void A_shorter_time_does_not_open_it_earlier()
    {
        _health.WasBusy(At(1), At(2), TimeSpan.FromSeconds(30));
        _health.WasBusy(At(3), At(4), TimeSpan.FromSeconds(1));
        Assert.Equal(At(32), _health.OpensAt);
    }

    [Fact]
    public void A_server_that_is_down_is_out_for_doubling_times_and_gets_one_trial_after_each()
    {
        double now = 0;
        foreach (double seconds in (double[])[15, 30, 60, 60])
        {
            // One warning when it goes out, and none after each trial.
            TimeSpan? warned = now == 0 ? TimeSpan.FromSeconds(seconds) : null;
            Assert.Equal(warned, _health.Failed(One, isDown: true, At(now), At(now + 1)));
            Assert.True(_health.IsOut);
            Assert.Equal(At(now + 1 + seconds), _health.OpensAt);
            Assert.False(_health.CanTake(At(now + 1 + seconds - 0.001)));
            now += 1 + seconds;
            Assert.Equal(1, Room(At(now)));
        }

        // Whatever it is that fails in a trial, the server stays out.
        _health.Failed(One, isDown: false, At(now), At(now + 1));
        Assert.Equal(At(now + 61), _health.OpensAt);
    }

    [Fact]
    public void All_that_were_in_flight_when_it_failed_are_one_failure()
    {
        Take(3);
        Assert.NotNull(_health.Failed(One, isDown: true, At(1), At(10)));
        Assert.Null(_health.Failed(Two, isDown: true, At(9.5), At(10.1)));
        Assert.Null(_health.Failed(Guid.NewGuid(), isDown: true, At(10), At(10.2)));
        Assert.Equal(At(25), _health.OpensAt);
        Release(3);
        Assert.Null(_health.Failed(One, isDown: true, At(25), At(26)));
        Assert.Equal(At(56), _health.OpensAt);
    }

    [Fact]
    public void There_is_no_trial_while_a_request_from_before_is_still_there()
    {
        Take(2);
        _health.Failed(One, isDown: true, At(1), At(2));
        Release(1);
        Assert.False(_health.CanTake(At(60)));
        Release(1);
        Assert.True(_health.CanTake(At(60)));
    }

    // F1, F2: a failure with the text 1 or 2; A: an answer, if only a refusal.
    [Theory]
    [InlineData("F1", false)]
    [InlineData("F1 F1 F1 F1", false)]
    [InlineData("F1 F2", true)]
    [InlineData("F1 F1 F2", true)]
    [InlineData("F1 A F2", false)]
    [InlineData("F1 A F2 F1", true)]
    [InlineData("F1 A F1 F2", true)]
    [InlineData("F1 A F1 F1", false)]
    [InlineData("F1 F2 A", false)]
    public void Two_texts_take_it_out_and_one_alone_does_not(string steps, bool isOut)
    {
        double now = 0;
        foreach (string step in steps.Split(' '))
        {
            if (step == "A")
                _health.Answered();
            else
                _health.Failed(step == "F1" ? One : Two, isDown: false, At(++now), At(++now));
        }

        Assert.Equal(isOut, _health.IsOut);
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("spoke")]
    [InlineData("busy")]
    public void Any_answer_brings_it_back(string answer)
    {
        _health.Failed(One, isDown: true, At(1), At(2));
        _health.Failed(One, isDown: true, At(17), At(18));
        switch (answer)
        {
            case "answered":
                _health.Answered();
                break;
            case "spoke":
                _health.Spoke(At(1), 10);
                break;
            default:
                _health.WasBusy(At(17.5), At(18.5), TimeSpan.FromSeconds(0.5));
                break;
        }

        Assert.False(_health.IsOut);
        Assert.True(_health.CanTake(At(19)));
        Assert.Equal(TimeSpan.FromSeconds(15), _health.Failed(One, isDown: true, At(40), At(41)));
    }

    [Fact]
    public void An_outage_is_news_once_although_an_answer_came_in_between()
    {
        Assert.NotNull(_health.Failed(One, isDown: true, At(1), At(2)));
        _health.Spoke(At(1), 10);
        Assert.Null(_health.Failed(Two, isDown: true, At(3), At(4)));
        Assert.False(_health.CanTake(At(5)));
    }

    [Fact]
    public void Its_pace_follows_the_last_answers()
    {
        Assert.Equal(0, _health.Pace);
        _health.Spoke(At(10), 100);
        Assert.Equal(0.1, _health.Pace, 6);
        _health.Spoke(At(20), 100);
        Assert.InRange(_health.Pace, 0.101, 0.199);
        for (int answer = 0; answer < 30; answer++)
            _health.Spoke(At(20), 100);
        Assert.Equal(0.2, _health.Pace, 3);
        // An empty text is none to divide by.
        _health.Spoke(At(1), 0);
        Assert.False(double.IsInfinity(_health.Pace));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    // How many more it takes.
    private int Room(TimeSpan now)
    {
        int room = 0;
        for (; _health.CanTake(now); room++)
            _health.Take();
        Release(room);
        return room;
    }

    private void Take(int count)
    {
        for (int taken = 0; taken < count; taken++)
            _health.Take();
    }

    private void Release(int count)
    {
        for (int released = 0; released < count; released++)
            _health.Release();
    }
}
