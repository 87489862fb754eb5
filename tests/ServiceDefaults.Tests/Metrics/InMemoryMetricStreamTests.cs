using Experiments.ServiceDefaults.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.ServiceDefaults.Tests.Metrics;

public sealed class InMemoryMetricStreamTests : MetricStreamConformance
{
    protected override Task<IMetricStream> CreateAsync() => Task.FromResult<IMetricStream>(new InMemoryMetricStream(Options, Time));

    [Fact]
    public async Task Append_AfterARestart_ContinuesAboveTheOldPositions()
    {
        var time = new FakeTimeProvider();
        var before = new InMemoryMetricStream(Options, time);
        await before.AppendAsync(TestBatches.Numbered(1, 100), Cancelled);
        string last = (await TakeAsync(before, IMetricStream.Beginning, 100))[99].Position;
        time.Advance(TimeSpan.FromSeconds(1));

        var after = new InMemoryMetricStream(Options, time);
        await after.AppendAsync([TestBatches.Numbered(101)], Cancelled);

        Assert.Equal([101], Numbers(await TakeAsync(after, last, 1)));
    }
}
