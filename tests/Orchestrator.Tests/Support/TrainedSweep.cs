using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>A sweep of four runs, of which three completed with accuracies 0.5, 0.9 and 0.7.</summary>
public sealed class TrainedSweep : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public TestHost Host { get; private set; } = null!;

    public string SweepId { get; private set; } = "";

    public IReadOnlyList<string> RunIds { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(_folder);
        var worker = new ScriptedWorker(Host);
        SweepId = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(4))).Id;
        var ids = new List<string>();
        foreach (double accuracy in (double[])[0.5, 0.9, 0.7])
        {
            RunClaimed run = await worker.ClaimAsync();
            ids.Add(run.RunId);
            await TrainAsync(worker, run, accuracy);
        }

        RunIds = ids;
        await Host.UntilAsync(SweepId, s => s.RunCounts.Completed == 3);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private async Task TrainAsync(ScriptedWorker worker, RunClaimed run, double accuracy)
    {
        string folder = Host.Get<ServiceDefaults.Artifacts.ArtifactFolder>().PrepareAttemptFolder(run.RunId, 1);
        await File.WriteAllTextAsync(Path.Combine(folder, "best.safetensors"), "weights", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.safetensors"), "secret", TestContext.Current.CancellationToken);
        MetricPoint[] points = [.. Enumerable.Range(1, 1000).Select(i => new MetricPoint(i, MetricNames.BatchLoss, i, Math.Sin(i), DateTimeOffset.UnixEpoch))];
        await Host.Get<Experiments.Orchestrator.Metrics.MetricArchive>().StoreAsync(
            [new MetricBatch(run.SweepId, run.RunId, 1, points)], null, TestContext.Current.CancellationToken);
        await worker.SendAsync(worker.Epoch(run, 1, accuracy) with
        {
            Metrics = new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = accuracy, ["custom/metric"] = 1 },
        });
        await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 7, "abc"));
    }
}
