using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.Orchestrator.Tests.Metrics;

public sealed class MetricArchiverTests
{
    private const string Loss = MetricNames.BatchLoss;

    [Fact]
    public async Task Stream_Points_AreArchivedOnceEach()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        RunClaimed run = await ClaimAsync(host);
        IMetricStream stream = host.Get<IMetricStream>();
        MetricBatch batch = Batch(run, 1, 1, 10);

        await stream.AppendAsync([batch, batch, Batch(run, 1, 11, 5), Batch(run with { RunId = "unknown" }, 1, 1, 3)], TestContext.Current.CancellationToken);

        SeriesPoint[] points = await UntilAsync(host, run, 15);
        Assert.Equal(Enumerable.Range(1, 15).Select(i => ((long)i, (double)i)), points.Select(point => (point.Step, point.Value)));
        Assert.NotEqual(IMetricStream.Beginning, await host.Get<MetricArchive>().PositionAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restart_ContinuesAfterTheStoredPosition()
    {
        using var folder = new TempFolder();
        RunClaimed run;
        string position;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            run = await ClaimAsync(host);
            await host.Get<IMetricStream>().AppendAsync([Batch(run, 1, 1, 10)], TestContext.Current.CancellationToken);
            await UntilAsync(host, run, 10);
            position = await host.Get<MetricArchive>().PositionAsync(TestContext.Current.CancellationToken);
        }

        await using TestHost restarted = await TestHost.StartAsync(folder);
        Assert.Equal(position, await restarted.Get<MetricArchive>().PositionAsync(TestContext.Current.CancellationToken));
        await restarted.Get<IMetricStream>().AppendAsync([Batch(run, 1, 11, 10)], TestContext.Current.CancellationToken);

        await UntilAsync(restarted, run, 20);
    }

    [Fact]
    public async Task ResumedRun_HasEachStepOnce_AndNothingBeyondItsEnd()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        RunClaimed first = await ClaimAsync(host);
        MetricArchive archive = host.Get<MetricArchive>();
        await worker.FinishEpochAsync(first, 1);
        await archive.StoreAsync([Batch(first, 1, 1, 30)], null, TestContext.Current.CancellationToken);
        await worker.EndAsync(first, AttemptOutcome.Failed, FailureKind.Crash);
        RunClaimed second = await worker.ClaimAsync();

        await archive.StoreAsync([Batch(second, 2, 11, 10, offset: 1000)], null, TestContext.Current.CancellationToken);

        // Late points of the first attempt never replace those of the second.
        await archive.StoreAsync([Batch(first, 1, 1, 30)], null, TestContext.Current.CancellationToken);
        await worker.FinishEpochAsync(second, 2);
        await worker.EndAsync(second, AttemptOutcome.Completed);

        SeriesPoint[] points = await UntilAsync(host, first, 20);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), points.Select(point => point.Step));
        Assert.All(points, point => Assert.Equal(point.Step > 10 ? 1000 + point.Step : point.Step, point.Value));
        await archive.StoreAsync([Batch(first, 1, 1, 30)], null, TestContext.Current.CancellationToken);
        await UntilAsync(host, first, 20);
    }

    private static async Task<RunClaimed> ClaimAsync(TestHost host)
    {
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        return await new ScriptedWorker(host).ClaimAsync();
    }

    private static async Task<SeriesPoint[]> UntilAsync(TestHost host, RunClaimed run, int count) =>
        (await TestTimeout.UntilAsync(
            () => host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{run.RunId}/metrics?name={Loss}"),
            curves => curves.GetValueOrDefault(Loss)?.Length == count))[Loss];

    private static MetricBatch Batch(RunClaimed run, int attempt, int first, int count, double offset = 0) => new(
        run.SweepId, run.RunId, attempt,
        [.. Enumerable.Range(first, count).Select(i => new MetricPoint(i, Loss, i, offset + i, DateTimeOffset.UnixEpoch))]);
}
