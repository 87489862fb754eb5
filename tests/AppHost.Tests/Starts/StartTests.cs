using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.TestSystem.Processes;

namespace Experiments.AppHost.Tests.Starts;

public sealed class StartTests
{
    private const string Sweep = """
        name: restarted
        dataset: digits
        base: { epochs: 6, model: small_cnn, augmentation: standard }
        grid: { seed: [1, 2, 3, 4] }
        """;

    private static readonly string[] Resources = ["rabbitmq", "redis", "epmd", "orchestrator", "dashboard", "worker-cpu0"];

    [Fact]
    public async Task Sweep_WhileWorkersAreRestartedAddedKilledAndRemoved_CompletesAndLeavesNoProcess()
    {
        IReadOnlyList<int> processes;
        await using (RunningApp app = await RunningApp.StartAsync(TestContext.Current.CancellationToken, "--Workers:Cpu=1", "--Workers:Spare=2"))
        {
            SweepView sweep = await app.Api.LaunchAsync(Sweep);
            await EpochAsync(app.Api, sweep.Id);
            await app.RestartAsync("worker-cpu0");
            await app.Api.UntilAsync(
                async () => (await OutcomesAsync(app.Api, sweep.Id)).Any(outcome => outcome is AttemptOutcome.HandedBack or AttemptOutcome.Lost),
                RunningApp.Limit,
                "the attempt of the worker that was restarted did not end");

            await app.CommandAsync("workers", "add-worker");
            await app.CommandAsync("workers", "add-worker");
            await app.WorkersAsync("worker-cpu0", "worker-cpu1", "worker-cpu2");
            processes = ProcessTree.Of([.. Resources.Append("worker-cpu1").Select(app.ProcessOf)]);

            ProcessTree.Kill(app.ProcessOf("worker-cpu2"));
            await app.EndedAsync("worker-cpu2");
            await app.RemoveWorkerAsync("worker-cpu1");
            await app.WorkersAsync("worker-cpu0");

            sweep = await app.Api.EndedAsync(sweep.Id, RunningApp.Limit);
            Assert.Equal((SweepStatus.Completed, 4), (sweep.Status, sweep.RunCounts.Completed));
        }

        Assert.Empty(ProcessTree.StillRunning(processes));
    }

    private static Task EpochAsync(Api api, string sweepId) => api.UntilAsync(
        async () => (await api.RunsAsync(sweepId)).Any(run => run.Epoch >= 1), RunningApp.Limit, "no run finished an epoch");

    private static async Task<IReadOnlyList<AttemptOutcome?>> OutcomesAsync(Api api, string sweepId)
    {
        List<AttemptOutcome?> outcomes = [];
        foreach (RunView run in await api.RunsAsync(sweepId))
        {
            outcomes.AddRange((await api.AttemptsAsync(run.Id)).Select(attempt => attempt.Outcome));
        }

        return outcomes;
    }
}
