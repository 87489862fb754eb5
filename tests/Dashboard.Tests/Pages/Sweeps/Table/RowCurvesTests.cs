using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class RowCurvesTests : IAsyncDisposable
{
    private const string Metric = MetricNames.ValidationAccuracy;
    private static readonly RunView First = Samples.Run(1, RunStatus.Running, epoch: 2);
    private readonly LiveMetrics _live = new(new SilentStream(), NullLogger<LiveMetrics>.Instance);
    private readonly RowCurves _curves;

    public RowCurvesTests() => _curves = new RowCurves(_live, new FakeTimeProvider(Samples.Time), NullLogger.Instance, "s1", Metric, () => Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        await _curves.DisposeAsync();
        _live.Dispose();
    }

    [Fact]
    public void Show_RunsWithoutHistory_AreNamedOnceAndThoseThatHaveNotBegunNever()
    {
        Assert.Equal(["r1"], _curves.Show([First, Samples.Run(2, RunStatus.Queued, epoch: 0)]));
        _curves.Add([First], History(1, 2));

        Assert.Empty(_curves.Show([First]));
        Assert.Equal([1, 2], _curves.Of("r1").Select(point => point.Step));
    }

    [Fact]
    public void Show_EpochThatCameLive_IsNotReadAgainButAMissedOneIs()
    {
        _curves.Show([First]);
        _curves.Add([First], History(1, 2));
        Publish("r1", 3);

        Assert.Empty(_curves.Show([First with { Epoch = 3 }]));
        Assert.Equal([1, 2, 3], _curves.Of("r1").Select(point => point.Step));
        Assert.Equal(["r1"], _curves.Show([First with { Epoch = 5 }]));
    }

    [Fact]
    public void Show_RunThatIsScrolledAway_IsForgottenAndItsPointsDropped()
    {
        _curves.Show([First]);
        _curves.Add([First], History(1, 2));

        _curves.Show([Samples.Run(2)]);
        Publish("r1", 3);

        _curves.TakeInbox();
        Assert.Empty(_curves.Of("r1"));
    }

    [Fact]
    public void TakeInbox_EarlierAttemptThatStillDraws_DoesNotDrawOverItsSuccessor()
    {
        RunView second = First with { Attempt = 2 };
        _curves.Show([second]);
        _curves.Add([second], new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["r1"] = [new SeriesPoint(1, 0.7, Samples.Time, 1), new SeriesPoint(2, 0.8, Samples.Time, 2)] });

        Publish("r1", 2);
        Publish("r1", 3);
        _curves.Show([second with { Status = RunStatus.Completed }]);

        Assert.Equal([0.7, 0.8], _curves.Of("r1").Select(point => point.Value));
    }

    private static Dictionary<string, IReadOnlyList<SeriesPoint>> History(params int[] steps) =>
        new() { ["r1"] = [.. steps.Select(step => new SeriesPoint(step, 0.1 * step, Samples.Time))] };

    private void Publish(string run, int step) =>
        _live.Publish(new MetricBatch("s1", run, 1, [new MetricPoint(step, Metric, step, 0.1 * step, Samples.Time), new MetricPoint(step, "train/loss", step, 9, Samples.Time)]));
}
