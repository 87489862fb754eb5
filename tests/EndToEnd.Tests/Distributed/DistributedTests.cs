using System.Security.Cryptography;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.EndToEnd.Tests.Browser;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Distributed;

public sealed class DistributedTests(SharedSystem shared, SharedStandalone standalone, RestoredSystem restored) : IClassFixture<RestoredSystem>, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public async ValueTask DisposeAsync() => await restored.KillWorkersAsync();

    [Fact]
    public async Task Sweep_TwoWorkersOverRabbitMqAndRedis_CompletesAsInStandalone()
    {
        (SweepView sweep, _, Api api) = await shared.EndedAsync(SweepTexts.Small);

        Assert.Equal(SweepStatus.Completed, sweep.Status);
        await Results.AssertCompleteAsync(api, sweep.Id, 4);
        IReadOnlyList<WorkerView> workers = await api.GetAsync<IReadOnlyList<WorkerView>>("api/workers");
        Assert.Equal(["worker-a", "worker-b"], workers.Select(worker => worker.Id).Order());

        (SweepView again, _, Api other) = await standalone.EndedAsync(SweepTexts.Small);
        Assert.Equal(await Results.OfAsync(api, sweep.Id), await Results.OfAsync(other, again.Id));
    }

    [Fact]
    public async Task Artifacts_OfACompletedRun_DownloadAsListed()
    {
        (SweepView sweep, _, Api api) = await shared.EndedAsync(SweepTexts.Diverging);

        Assert.Equal(SweepStatus.Failed, sweep.Status);
        IReadOnlyList<RunView> runs = await api.RunsAsync(sweep.Id);
        Assert.Equal(FailureKind.Diverged, runs[0].Failure?.Kind);
        Assert.Equal(1, runs[0].Attempt);
        Assert.Equal(RunStatus.Completed, runs[1].Status);
        Assert.Equal(Results.Artifacts, runs[1].Artifacts.Select(artifact => artifact.Name).Order());
        foreach (Artifact artifact in runs[1].Artifacts)
        {
            byte[] content = await api.ArtifactAsync(runs[1].Id, artifact.Name);
            Assert.Equal(artifact.Bytes, content.Length);
            Assert.Equal(artifact.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Fact]
    public async Task Worker_KilledWhileTraining_OpenPagesReportItAndTheRunResumesElsewhereWithTheSameResult()
    {
        await using DistributedSystem system = await DistributedSystem.StartAsync(TestProcesses.ShortLeases);
        ServiceProcess first = system.StartWorker("worker-a");
        await using OpenPages pages = await OpenPages.OpenAsync(await system.StartDashboardAsync());
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Long);
        await pages.WatchAsync(Assert.Single(await system.Api.RunsAsync(sweep.Id)));
        await pages.WaitForTrainingAsync("worker-a");
        await EpochsAsync(system.Api, sweep.Id, 2);

        system.StartWorker("worker-b");
        await first.KillAsync();
        await pages.WaitForLossAsync("worker-a");
        await pages.WaitForTrainingAsync("worker-b");
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        RunView run = Assert.Single(await system.Api.RunsAsync(sweep.Id));

        // A claim whose answer takes too long on a busy machine is repeated, and its first attempt is handed back.
        AttemptView[] trained = [.. (await system.Api.AttemptsAsync(run.Id)).Where(attempt => attempt.Outcome != AttemptOutcome.HandedBack)];
        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Completed], trained.Select(attempt => attempt.Outcome!.Value));
        await pages.WaitForEndAsync("worker-b", trained[0].Attempt, trained[1].Attempt);
        Assert.True(trained[1].FirstEpoch >= 2, "the second attempt did not resume from the checkpoint");
        RunLogPage log = await system.Api.GetAsync<RunLogPage>($"api/runs/{run.Id}/log?search=epoch");
        Assert.Equal([trained[0].Attempt, trained[1].Attempt], log.Lines.Select(line => line.Attempt).Distinct().Intersect(trained.Select(attempt => attempt.Attempt)));

        (SweepView again, _, Api undisturbed) = await standalone.EndedAsync(SweepTexts.Long);
        Assert.Equal(await Results.OfEpochsAsync(undisturbed, again.Id), await Results.OfEpochsAsync(system.Api, sweep.Id));
    }

    [Fact]
    public async Task Worker_Terminated_HandsItsRunBackWithoutALostLease()
    {
        DistributedSystem system = await restored.StartedAsync();
        ServiceProcess first = system.StartWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Interrupted(seed: 11));
        await EpochsAsync(system.Api, sweep.Id, 1);

        Assert.Equal(0, await first.TerminateAsync());
        system.StartWorker("worker-b");
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        RunView run = Assert.Single(await system.Api.RunsAsync(sweep.Id));
        Assert.Equal(
            [AttemptOutcome.HandedBack, AttemptOutcome.Completed],
            (await system.Api.AttemptsAsync(run.Id)).Select(attempt => attempt.Outcome!.Value));
    }

    [Fact]
    public async Task Worker_WithoutABroker_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        await using ServiceProcess worker = ServiceProcess.Start("GpuWorker", new Dictionary<string, string> { ["Storage__Root"] = folder.Path }, [], TestProcesses.Options);

        Assert.Equal(3, await worker.ExitAsync(Limit));
        Assert.Contains("ConnectionStrings:rabbitmq", worker.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", worker.Errors + worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_TerminatedWhileTheBrokerIsAway_EndsAllTheSame()
    {
        DistributedSystem system = await restored.StartedAsync();
        ServiceProcess worker = system.StartWorker("worker-without-a-broker");
        await system.Api.UntilAsync(
            async () => (await system.Api.GetAsync<IReadOnlyList<WorkerView>>("api/workers")).Any(view => view.Id == "worker-without-a-broker"), Limit, "the worker did not come");

        await system.Broker.KillAsync();
        try
        {
            await worker.TerminateAsync();
        }
        finally
        {
            await system.Broker.RestartAsync();
        }
    }

    [Fact]
    public async Task Orchestrator_KilledWhileTraining_SweepCompletesInOneAttempt()
    {
        DistributedSystem system = await restored.StartedAsync();
        system.StartWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Interrupted(seed: 12));
        await EpochsAsync(system.Api, sweep.Id, 1);

        await system.Orchestrator.KillAsync();
        await system.StartOrchestratorAsync();
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        Assert.Equal(1, Assert.Single(await system.Api.RunsAsync(sweep.Id)).Attempt);
    }

    [Fact]
    public async Task Redis_LostWhileTraining_HistoryOfEveryEpochIsComplete()
    {
        DistributedSystem system = await restored.StartedAsync();
        system.StartWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Interrupted(seed: 13));
        await EpochsAsync(system.Api, sweep.Id, 1);

        await system.Redis.RestartAsync(empty: true);
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
    }

    [Fact]
    public async Task Services_StartedBeforeBrokerAndRedis_SayWhatTheyWaitForAndComeUpWithThem()
    {
        await using DistributedSystem system = DistributedSystem.Prepare(TestProcesses.Options);
        system.LaunchOrchestrator();
        ServiceProcess worker = system.StartWorker("worker-a");
        await system.Api.AliveAsync(Limit);

        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Diverging);
        string health = await system.Api.HealthAsync();
        Assert.Contains("rabbitmq", health, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("redis", health, StringComparison.OrdinalIgnoreCase);
        await system.Api.UntilAsync(() => Task.FromResult(Mentions(system.Orchestrator, "RabbitMQ") && Mentions(worker, "RabbitMQ")), Limit, "the services did not report the missing broker");

        await system.StartServersAsync();
        sweep = await system.Api.EndedAsync(sweep.Id, Limit);
        Assert.Equal((1, 1), (sweep.RunCounts.Completed, sweep.RunCounts.Failed));
        await system.Api.ReadyAsync(Limit);
    }

    private static bool Mentions(ServiceProcess service, string word) =>
        (service.Output + service.Errors).Contains(word, StringComparison.OrdinalIgnoreCase);

    private static Task EpochsAsync(Api api, string sweepId, int epochs) => api.UntilAsync(
        async () => (await api.RunsAsync(sweepId)).Any(run => run.Epoch >= epochs), Limit, $"no run finished {epochs} epochs");
}
