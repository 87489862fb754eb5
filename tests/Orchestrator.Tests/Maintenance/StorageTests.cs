using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Tests.Runs.Deletion;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Maintenance;

/// <summary>Reports of disk usage, and compaction.</summary>
public sealed class StorageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_TwoSweeps_AreListedByWhatTheyTake()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string small = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "small"))).Id;
        await runs.TrainAsync();
        string large = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, "reuse: false", "large"))).Id;
        await runs.TrainAsync();
        await runs.TrainAsync();
        string reused = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "reused"))).Id;

        StorageView storage = await TestTimeout.UntilAsync(() => host.GetAsync<StorageView>("/api/storage"), view => view.Sweeps[0].MetricBytes > view.Sweeps[1].MetricBytes);

        Assert.Equal([large, small, reused], storage.Sweeps.Select(sweep => sweep.Id));
        Assert.Equal([2000, 1000, 0], storage.Sweeps.Select(sweep => sweep.ArtifactBytes));
        Assert.Equal(0, storage.Sweeps[2].Bytes);
        Assert.Equal((3000, 0), (storage.Artifacts.Bytes, storage.Artifacts.OtherBytes));
        Assert.True(storage.FreeBytes > 0);
        Assert.Equal(storage.Bytes, 3000 + storage.Databases.Sum(database => database.Bytes));
    }

    [Fact]
    public async Task Compact_AfterADeletion_GivesTheRoomBack()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        string sweep = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "gone"))).Id;
        RunClaimed run = await runs.TrainAsync();
        await host.Get<MetricArchive>().StoreAsync([DeletedRuns.Points(run, 20_000)], null, Cancelled);
        await runs.DeleteAsync($"/api/sweeps/{sweep}");
        DatabaseStorage before = Metrics(await runs.UntilRemovedAsync());
        Assert.True(before.ReusableBytes > 500_000, before.ToString());

        DatabaseStorage after = Metrics(await host.PostAsync<StorageView>("/api/storage/compact"));

        Assert.Equal(0, after.ReusableBytes);
        Assert.True(after.Bytes < before.Bytes - 500_000, $"{before} became {after}");
    }

    [Fact]
    public async Task MetricBytes_OfManyPoints_AreAboutWhatTheyTakeInTheFile()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var runs = new DeletedRuns(host, folder);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await runs.TrainAsync();
        await host.Get<MetricArchive>().StoreAsync([DeletedRuns.Points(run, 100_000)], null, Cancelled);

        StorageView storage = await host.PostAsync<StorageView>("/api/storage/compact");

        DeletionPreview preview = await host.GetAsync<DeletionPreview>($"/api/runs/{run.RunId}/deletion");
        double share = (preview.Bytes - preview.ArtifactBytes) / (double)Metrics(storage).Bytes;
        Assert.InRange(share, 0.7, 1.3);
    }

    private static DatabaseStorage Metrics(StorageView storage) => storage.Databases.Single(database => database.Name == "metrics");
}
