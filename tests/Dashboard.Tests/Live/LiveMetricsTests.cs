using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Dashboard.Tests.Live;

public sealed class LiveMetricsTests : IDisposable
{
    private readonly LiveMetrics _live = new(new SilentStream(), NullLogger<LiveMetrics>.Instance);
    private readonly List<string> _got = [];

    public void Dispose() => _live.Dispose();

    [Fact]
    public void Publish_SeveralSubscribers_EachGetsWhatItWants()
    {
        var others = new List<string>();
        using IDisposable first = _live.Subscribe(batch => batch.SweepId == "s1", batch => _got.Add(batch.RunId));
        using IDisposable second = _live.Subscribe(batch => batch.SweepId == "s2", batch => others.Add(batch.RunId));

        _live.Publish(Batch("s1", "r1"));
        _live.Publish(Batch("s2", "r2"));

        Assert.Equal(["r1"], _got);
        Assert.Equal(["r2"], others);
    }

    [Fact]
    public void Subscribe_AfterPoints_GetsTheRecentOnesFirst()
    {
        _live.Publish(Batch("s1", "r1"));

        using IDisposable subscription = _live.Subscribe(_ => true, batch => _got.Add(batch.RunId));
        _live.Publish(Batch("s1", "r2"));

        Assert.Equal(["r1", "r2"], _got);
    }

    [Fact]
    public void Publish_SubscriberThatThrows_DoesNotKeepItFromOthers()
    {
        using IDisposable broken = _live.Subscribe(_ => true, _ => throw new InvalidOperationException());
        using IDisposable works = _live.Subscribe(_ => true, batch => _got.Add(batch.RunId));

        _live.Publish(Batch("s1", "r1"));

        Assert.Equal(["r1"], _got);
    }

    [Fact]
    public void Publish_AfterTheSubscriptionEnded_CallsNoSubscriber()
    {
        _live.Subscribe(_ => true, batch => _got.Add(batch.RunId)).Dispose();

        _live.Publish(Batch("s1", "r1"));

        Assert.Empty(_got);
    }

    private static MetricBatch Batch(string sweepId, string runId) => new(sweepId, runId, 1, []);
}
