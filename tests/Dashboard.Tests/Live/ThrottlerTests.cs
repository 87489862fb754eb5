using Experiments.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Dashboard.Tests.Live;

public sealed class ThrottlerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly SteppedClock _clock = new();
    private readonly SemaphoreSlim _ran = new(0);
    private int _runs;

    public void Dispose()
    {
        _ran.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task Request_First_RunsImmediately()
    {
        await using Throttler throttler = Create();

        throttler.Request();

        // The clock does not advance: a run that waits for it would never happen.
        await RanAsync();
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Request_ManyWithinTheInterval_RunOnceMoreWhenItIsOver()
    {
        await using Throttler throttler = Create();
        throttler.Request();
        await RanAsync();
        await _clock.WaitedForAsync();

        for (int request = 0; request < 100; request++)
        {
            throttler.Request();
        }

        _clock.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _runs);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await RanAsync();
        await _clock.WaitedForAsync();
        _clock.Advance(10 * Interval);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task Request_WhileAskedAllTheTime_RunsAtMostFiveTimesASecond()
    {
        await using Throttler throttler = Create();
        throttler.Request();
        await RanAsync();
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
        await using Throttler throttler = Create(failsFirst: true);
        throttler.Request();
        await RanAsync();
        await _clock.WaitedForAsync();

        throttler.Request();
        _clock.Advance(Interval);

        await RanAsync();
        Assert.Equal(2, _runs);
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

    private Throttler Create(bool failsFirst = false) => new(
        _clock,
        Interval,
        _ =>
        {
            int run = Interlocked.Increment(ref _runs);
            _ran.Release();
            return failsFirst && run == 1 ? throw new InvalidOperationException("first") : Task.CompletedTask;
        },
        NullLogger.Instance);

    private Task RanAsync() => _ran.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Reports when the throttler has started to wait, so that the test can advance the clock.</summary>
    private sealed class SteppedClock : FakeTimeProvider, IDisposable
    {
        private readonly SemaphoreSlim _timers = new(0);

        public void Dispose() => _timers.Dispose();

        public Task WaitedForAsync() => _timers.WaitAsync(TestContext.Current.CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Release();
            return timer;
        }
    }
}
