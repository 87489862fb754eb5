using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Rungs;

/// <summary>
/// Sweeps with a stopping rule. Runs are numbered by quality: the accuracy of cell k is k/10 at every epoch. Rungs of <see cref="Asha"/> are after epochs 1
/// and 2 of 4.
/// </summary>
public abstract class RungsContext : HostContext
{
    private protected const string Asha = "stopping: { rule: asha, factor: 2 }";

    private protected async Task<SweepView> LaunchAsync(int runs, string stopping = Asha) => await Host.PostAsync<SweepView>("/api/sweeps", $$"""
        name: rungs
        dataset: digits
        base: { epochs: 4 }
        grid: { seed: [{{string.Join(", ", Enumerable.Range(1, runs))}}] }
        {{stopping}}
        """);

    private protected async Task<RunView[]> RunsAsync(SweepView sweep) => [.. (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?sort=seed")).Items];

    private protected async Task<(int Completed, int Stopped)> EndedAsync(SweepView sweep)
    {
        SweepView ended = await Host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed);
        return (ended.RunCounts.Completed, ended.RunCounts.Stopped);
    }

    /// <summary>One worker trains until the sweep has ended.</summary>
    /// <returns>The cells and epochs of the attempts, in order.</returns>
    private protected async Task<List<string>> TrainAllAsync(SweepView sweep)
    {
        var ranges = new List<string>();
        while (await TrainNextAsync(sweep, ranges))
        {
        }

        return ranges;
    }

    /// <returns>False when the sweep has ended.</returns>
    private protected async Task<bool> TrainNextAsync(SweepView sweep, List<string> ranges)
    {
        var worker = new ScriptedWorker(Host);
        RunClaimed? claim = null;
        await TestTimeout.UntilAsync(
            async () =>
            {
                claim = await worker.TryClaimAsync();
                return claim is not null || (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status == SweepStatus.Completed;
            },
            isSo => isSo);
        if (claim is null)
        {
            return false;
        }

        int cell = (await Host.GetAsync<RunView>($"/api/runs/{claim.RunId}")).Cell;
        ranges.Add($"{cell}: {claim.Epochs.First}-{claim.Epochs.Last}");
        await TrainAsync(worker, claim);
        await Host.UntilRunAsync(claim.RunId, run => run.Status != RunStatus.Running);
        return true;
    }

    private protected async Task TrainAsync(ScriptedWorker worker, RunClaimed claim)
    {
        int cell = (await Host.GetAsync<RunView>($"/api/runs/{claim.RunId}")).Cell;
        for (int epoch = claim.Epochs.First + 1; epoch <= claim.Epochs.Last; epoch++)
        {
            await worker.FinishEpochAsync(claim, epoch, cell / 10.0);
        }

        await worker.EndAsync(claim, claim.Epochs.Last < claim.Hyperparameters.Epochs ? AttemptOutcome.HandedBack : AttemptOutcome.Completed);
    }

    private protected static async Task<(string RunId, EpochRange Epochs, int ResumesFrom)> ClaimedAsync(ScriptedWorker worker)
    {
        RunClaimed claim = await worker.ClaimAsync();
        return (claim.RunId, claim.Epochs, claim.ResumeFromAttempt ?? 0);
    }
}
