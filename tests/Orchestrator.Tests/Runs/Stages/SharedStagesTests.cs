using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Tests.Runs.Stages;

/// <summary>Runs with 1, 2 and 3 frozen epochs of 4: each trains as many epochs like the next.</summary>
public sealed class SharedStagesTests : HostContext
{
    private const string Frozen = "grid: { freezeEpochs: [1, 2, 3] }";

    [Fact]
    public async Task Runs_ThatBeginAlike_TrainEachSharedEpochOnce()
    {
        SweepView sweep = await LaunchAsync(Frozen);

        Assert.Equal(["1: 0-1", "1: 1-4", "2: 1-2", "2: 2-4", "3: 2-4"], (await TrainAllAsync(sweep)).Order());
        RunView[] runs = await RunsAsync(sweep);
        Assert.Equal([(null, 0), (runs[0].Id, 1), (runs[1].Id, 2)], runs.Select(run => (run.SharedFrom, run.SharedEpochs)));
        Assert.All(runs, run => Assert.Equal((RunStatus.Completed, 4), (run.Status, run.Epoch)));
        ProgressView progress = await Host.GetAsync<ProgressView>($"/api/sweeps/{sweep.Id}/progress");
        Assert.Equal((12 - 3, 3, 12), (progress.Epochs, progress.SharedEpochs, progress.AllEpochs));
        foreach (RunView run in runs)
        {
            Assert.Equal([1, 2, 3, 4], (await CurveAsync(run)).Select(point => point.Step));
            Assert.Equal([0.1, 0.2, 0.3, 0.4], (await CurveAsync(run)).Select(point => point.Value));
        }
    }

    /// <summary>For workers that do not see the Orchestrator's folder.</summary>
    [Fact]
    public async Task CheckpointOfSharedEpochs_IsServedToWorkers()
    {
        await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();
        await TrainAsync(Worker(), first);
        await Host.UntilRunAsync(first.RunId, run => run.Status != RunStatus.Running);
        RunView[] others = [.. (await RunsAsync(await Host.GetAsync<SweepView>($"/api/sweeps/{first.SweepId}"))).Skip(1)];

        foreach (RunView other in others)
        {
            HttpResponseMessage file = await Host.GetAsync($"/api/runs/{other.Id}/attempts/{RunClaimed.StageCheckpoint}/files/{ArtifactNames.Checkpoint}");
            Assert.Equal("state", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Runs_WithoutSharing_TrainEachOnItsOwn()
    {
        SweepView sweep = await LaunchAsync(Frozen + "\nshare: false");

        Assert.Equal(["1: 0-4", "2: 0-4", "3: 0-4"], await TrainAllAsync(sweep));
    }

    [Fact]
    public async Task Claim_WhileARunTrainsSharedEpochs_HoldsTheOthersBack()
    {
        SweepView sweep = await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();

        Assert.Equal((0, 1), (first.Epochs.First, first.Epochs.Last));
        Assert.Null(await Worker("worker-2").TryClaimAsync());
        RunView[] waiting = [.. (await RunsAsync(sweep)).Skip(1)];
        Assert.All(waiting, run => Assert.Equal((RunStatus.Pending, first.RunId, 1), (run.Status, run.WaitsFor, run.WaitsForEpoch)));
    }

    [Fact]
    public async Task Run_ThatFails_LetsTheOthersTrainTheSharedEpochs()
    {
        SweepView sweep = await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();

        await Worker().EndAsync(first, AttemptOutcome.Failed, FailureKind.Diverged);

        RunClaimed second = await Worker().ClaimAsync();
        Assert.Equal((0, 2, null), (second.Epochs.First, second.Epochs.Last, second.ResumeFromAttempt));
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(3, (await RunsAsync(sweep)).Length);
    }

    [Fact]
    public async Task Run_ThatIsCancelled_LetsTheOthersTrainTheSharedEpochs()
    {
        await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();

        await Host.PostAsync<RunView>($"/api/runs/{first.RunId}/cancel");

        Assert.Equal((0, 2), await RangeAsync());
    }

    /// <summary>The worker died after its last report: the epochs are stored, and the others continue from them.</summary>
    [Fact]
    public async Task Attempt_LostAfterTheSharedEpochs_HandsThemOver()
    {
        SweepView sweep = await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();
        Store(first);
        await Worker().FinishEpochAsync(first, 1, 0.1);
        await Host.UntilRunAsync(first.RunId, run => run.Epoch == 1);

        await Worker().EndAsync(first, AttemptOutcome.Failed, FailureKind.Crash);

        await Host.UntilRunAsync(first.RunId, run => run.Status != RunStatus.Running);
        Assert.All((await RunsAsync(sweep)).Skip(1), run => Assert.Equal((first.RunId, 1, null), (run.SharedFrom, run.SharedEpochs, run.WaitsFor)));
    }

    [Fact]
    public async Task Checkpoint_ThatIsGone_MakesTheOthersTrainFromTheirFirstEpoch()
    {
        await LaunchAsync(Frozen);
        RunClaimed first = await Worker().ClaimAsync();
        await Worker().FinishEpochAsync(first, 1, 0.1);
        await Worker().EndAsync(first, AttemptOutcome.HandedBack);
        await Host.UntilRunAsync(first.RunId, run => run.Status != RunStatus.Running);

        RunClaimed own = await Worker().ClaimAsync();
        Assert.Equal((first.RunId, 1), (own.RunId, own.Epochs.First));
        Assert.Equal((0, 2), await RangeAsync());
    }

    [Fact]
    public async Task Restart_WhileTheOthersWait_ChangesNothing()
    {
        SweepView sweep = await LaunchAsync(Frozen);
        await Worker().ClaimAsync();

        await RestartAsync();

        Assert.Equal(["1: 0-1", "1: 1-4", "2: 1-2", "2: 2-4", "3: 2-4"], (await TrainAllAsync(sweep)).Order());
    }

    /// <summary>A run that has not ended keeps its checkpoint: a sweep that is launched later begins with it.</summary>
    [Fact]
    public async Task LaterSweep_OfRunsThatBeginAlike_ContinuesFromAStoredCheckpoint()
    {
        SweepView earlier = await LaunchAsync("grid: { freezeEpochs: [2] }\nstopping: { rule: asha, minEpochs: 2 }");
        RunClaimed first = await Worker().ClaimAsync();
        Assert.Equal((0, 2), (first.Epochs.First, first.Epochs.Last));
        await TrainAsync(Worker(), first);
        await Host.UntilRunAsync(first.RunId, run => run.Status == RunStatus.Queued);
        await Host.PostAsync<SweepView>($"/api/sweeps/{earlier.Id}/pause");

        SweepView later = await LaunchAsync("grid: { freezeEpochs: [3] }");

        RunClaimed second = await Worker().ClaimAsync();
        RunView run = Assert.Single(await RunsAsync(later));
        Assert.Equal((run.Id, RunClaimed.StageCheckpoint), (second.RunId, second.ResumeFromAttempt));
        Assert.Equal((first.RunId, 2), (run.SharedFrom, run.SharedEpochs));
    }

    [Fact]
    public async Task OldWorker_GetsWholeRunsOnly()
    {
        await LaunchAsync(Frozen);
        var old = new ScriptedWorker(Host) { Contract = ClaimRun.TrainsRanges };

        RunClaimed first = await old.ClaimAsync();

        Assert.Equal((0, 4), (first.Epochs.First, first.Epochs.Last));
    }

    private ScriptedWorker Worker(string id = "worker-1") => new(Host, id) { Contract = ClaimRun.Newest };

    private async Task<SweepView> LaunchAsync(string rest) => await Host.PostAsync<SweepView>("/api/sweeps", $$"""
        name: stages
        dataset: digits
        base: { epochs: 4 }
        {{rest}}
        """);

    private async Task<RunView[]> RunsAsync(SweepView sweep) => [.. (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?sort=freezeEpochs")).Items];

    private async Task<(long Step, double Value)[]> CurveAsync(RunView run)
    {
        var curves = await Host.GetAsync<Dictionary<string, JsonElement[][]>>($"/api/runs/{run.Id}/metrics?name=validation/accuracy");
        return [.. curves["validation/accuracy"].Select(point => (point[0].GetInt64(), point[1].GetDouble()))];
    }

    private async Task<(int First, int Last)> RangeAsync()
    {
        RunClaimed claim = await Worker().ClaimAsync();
        return (claim.Epochs.First, claim.Epochs.Last);
    }

    /// <summary>One worker trains until the sweep has ended.</summary>
    /// <returns>The cells and ranges of epochs that were trained, not only reported.</returns>
    private async Task<List<string>> TrainAllAsync(SweepView sweep)
    {
        var ranges = new List<string>();
        while (true)
        {
            RunClaimed? claim = null;
            await TestTimeout.UntilAsync(
                async () =>
                {
                    claim = await Worker().TryClaimAsync();
                    return claim is not null || (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status == SweepStatus.Completed;
                },
                isSo => isSo);
            if (claim is null)
            {
                return ranges;
            }

            RunView run = await Host.GetAsync<RunView>($"/api/runs/{claim.RunId}");
            ranges.Add($"{run.Cell}: {Math.Max(claim.Epochs.First, claim.ResumeFromAttempt == RunClaimed.StageCheckpoint ? run.SharedEpochs : 0)}-{claim.Epochs.Last}");
            await TrainAsync(Worker(), claim);
            await Host.UntilRunAsync(claim.RunId, seen => seen.Status != RunStatus.Running);
        }
    }

    /// <summary>Reports all epochs of the range, also those that a checkpoint of another run has.</summary>
    private async Task TrainAsync(ScriptedWorker worker, RunClaimed claim)
    {
        Store(claim);
        for (int epoch = claim.Epochs.First + 1; epoch <= claim.Epochs.Last; epoch++)
        {
            await worker.FinishEpochAsync(claim, epoch, epoch / 10.0);
        }

        await worker.EndAsync(claim, claim.Epochs.Last < claim.Hyperparameters.Epochs ? AttemptOutcome.HandedBack : AttemptOutcome.Completed);
    }

    private void Store(RunClaimed claim)
    {
        string folder = Host.Get<ArtifactFolder>().PrepareAttemptFolder(claim.RunId, claim.Attempt);
        File.WriteAllText(Path.Combine(folder, ArtifactNames.Checkpoint), "state");
        File.WriteAllText(Path.Combine(folder, ArtifactNames.BestWeights), "weights");
    }
}
