using Experiments.Orchestrator.State;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.State;

public sealed class TicketQueueTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TicketQueue _queue;

    public TicketQueueTests() => _queue = new TicketQueue(_time);

    [Fact]
    public void Count_SentAndUsed_IsTheDifference()
    {
        _queue.Sending(3);
        _queue.Used(isGranted: true);
        _queue.Used(isGranted: false);

        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void Count_MoreUsedThanSent_IsNeverBelowZero()
    {
        _queue.Sending(1);
        _queue.Used(isGranted: true);
        _queue.Used(isGranted: true);
        _queue.NotSent(1);

        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void GiveUpLost_SentJustNow_GivesNoneUp()
    {
        _queue.Sending(2);
        _time.Advance(TicketQueue.IdleTimeout - Moment);

        Assert.Equal((0, 2), (_queue.GiveUpLost(), _queue.Count));
    }

    [Fact]
    public void GiveUpLost_SentLongAgo_GivesAllUp()
    {
        _queue.Sending(2);
        _time.Advance(TicketQueue.IdleTimeout);

        Assert.Equal((2, 0), (_queue.GiveUpLost(), _queue.Count));
    }

    [Fact]
    public void GiveUpLost_LeadsToNoClaim_HappensEverMoreRarely()
    {
        int[] seconds = [.. Enumerable.Range(0, 9).Select(_ => SecondsUntilGivenUp())];

        Assert.Equal([10, 20, 40, 80, 160, 320, 600, 600, 600], seconds);
    }

    [Fact]
    public void GiveUpLost_LeadsToAClaim_HappensAsSoonAsBefore()
    {
        SecondsUntilGivenUp();
        SecondsUntilGivenUp();
        _queue.Used(isGranted: false);
        Assert.Equal(40, SecondsUntilGivenUp());

        _queue.Used(isGranted: true);

        Assert.Equal(10, SecondsUntilGivenUp());
    }

    [Fact]
    public async Task WaitAsync_WantedBefore_EndsImmediately()
    {
        _queue.Wanted();
        _queue.Wanted();

        await _queue.WaitAsync(TestContext.Current.CancellationToken);
        Task second = _queue.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        _queue.Wanted();
        await second;
    }

    private int SecondsUntilGivenUp()
    {
        _queue.Sending(1);
        int seconds = 0;
        while (_queue.GiveUpLost() == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        return seconds;
    }
}
