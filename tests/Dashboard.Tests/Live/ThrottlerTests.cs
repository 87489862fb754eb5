using Experiments.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Dashboard.Tests.Live;

public sealed class ThrottlerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _clock = new();
    private int _runs;

    [Fact]
    public async Task Request_First_RunsAtOnce()
    {
        await using Throttler throttler = Create();

        throttler.Request();

        await Eventually.TrueAsync(() => _runs == 1);
    }

    [Fact]
    public async Task Request_ManyWithinTheInterval_RunOnceMoreWhenItIsOver()
    {
        await using Throttler throttler = Create();
        throttler.Request();
        await Eventually.TrueAsync(() => _runs == 1);

        for (int request = 0; request < 100; request++)
        {
            throttler.Request();
        }

        _clock.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _runs);
        await Eventually.TrueAsync(() => Passes(() => _runs == 2));
        _clock.Advance(10 * Interval);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Request_WhileAskedAllTheTime_RunsAtMostFiveTimesASecond()
    {
        await using Throttler throttler = Create();
        throttler.Request();
        await Eventually.TrueAsync(() => _runs == 1);
        for (int step = 0; step < 100; step++)
        {
            throttler.Request();
            await Task.Yield();
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_runs, 1, 6);
    }

    [Fact]
    public async Task Request_AfterTheActionFailed_RunsAgain()
    {
        await using var throttler = new Throttler(
            _clock,
            Interval,
            _ => Interlocked.Increment(ref _runs) == 1 ? throw new InvalidOperationException("first") : Task.CompletedTask,
            NullLogger.Instance);
        throttler.Request();
        await Eventually.TrueAsync(() => _runs == 1);

        throttler.Request();

        await Eventually.TrueAsync(() => Passes(() => _runs == 2));
    }

    [Fact]
    public async Task DisposeAsync_WhileTheActionRuns_CancelsItAndWaits()
    {
        var started = new TaskCompletionSource();
        bool ended = false;
        var throttler = new Throttler(
            _clock,
            Interval,
            async token =>
            {
                started.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    ended = true;
                }
            },
            NullLogger.Instance);
        throttler.Request();
        await started.Task;

        await throttler.DisposeAsync();

        Assert.True(ended);
    }

    private Throttler Create() => new(
        _clock,
        Interval,
        _ =>
        {
            Interlocked.Increment(ref _runs);
            return Task.CompletedTask;
        },
        NullLogger.Instance);

    /// <summary>Lets fake time pass: the delay may not have been begun when the test gets here.</summary>
    private bool Passes(Func<bool> condition)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return condition();
    }
}
