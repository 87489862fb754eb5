using System.Security.Cryptography;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.EndToEnd.Tests.Shared;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Distributed;

/// <summary>Workers that share no disk with other services.</summary>
public sealed class RemoteWorkerTests(SharedStandalone standalone, RestoredSystem restored) : IClassFixture<RestoredSystem>, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public async ValueTask DisposeAsync() => await restored.KillWorkersAsync();

    [Fact]
    public async Task Worker_KilledWhileTraining_AnotherResumesFromTheUploadedCheckpoint()
    {
        await using DistributedSystem system = await DistributedSystem.StartAsync(TestProcesses.ShortLeases);
        ServiceProcess first = system.StartRemoteWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Long);
        await EpochsAsync(system.Api, sweep.Id, 2);

        await first.KillAsync();
        ServiceProcess second = system.StartRemoteWorker("worker-b");
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        RunView run = Assert.Single(await system.Api.RunsAsync(sweep.Id));
        IReadOnlyList<AttemptView> attempts = await system.Api.AttemptsAsync(run.Id);
        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Completed], attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.True(attempts[1].FirstEpoch >= 2, "the second attempt did not resume from the checkpoint");
        await AssertArtifactsAsync(system.Api, run);
        await second.TerminateAsync();
        Assert.Empty(Directory.GetFileSystemEntries(system.WorkFolderOf("worker-b")));

        (SweepView again, _, Api undisturbed) = await standalone.EndedAsync(SweepTexts.Long);
        Assert.Equal(await Results.OfEpochsAsync(undisturbed, again.Id), await Results.OfEpochsAsync(system.Api, sweep.Id));
    }

    [Fact]
    public async Task Orchestrator_KilledWhileTraining_FilesArriveWhenItIsBackAndNoAttemptIsLost()
    {
        DistributedSystem system = await restored.StartedAsync();
        system.StartRemoteWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Interrupted(seed: 12));
        await EpochsAsync(system.Api, sweep.Id, 1);

        await system.Orchestrator.KillAsync();
        await system.StartOrchestratorAsync();
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        RunView run = Assert.Single(await system.Api.RunsAsync(sweep.Id));
        Assert.Equal(1, run.Attempt);
        await AssertArtifactsAsync(system.Api, run);
    }

    [Fact]
    public async Task Worker_Terminated_HandsItsCheckpointInBeforeItLeaves()
    {
        DistributedSystem system = await restored.StartedAsync();
        ServiceProcess first = system.StartRemoteWorker("worker-a");
        SweepView sweep = await system.Api.LaunchAsync(SweepTexts.Interrupted(seed: 11));
        await EpochsAsync(system.Api, sweep.Id, 1);

        Assert.Equal(0, await first.TerminateAsync());
        system.StartWorker("worker-with-the-folder");
        await system.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(system.Api, sweep.Id, 1);
        IReadOnlyList<AttemptView> attempts = await system.Api.AttemptsAsync(Assert.Single(await system.Api.RunsAsync(sweep.Id)).Id);
        Assert.Equal([AttemptOutcome.HandedBack, AttemptOutcome.Completed], attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.True(attempts[1].FirstEpoch >= 1, "the second attempt did not resume from the checkpoint");
    }

    private static async Task AssertArtifactsAsync(Api api, RunView run)
    {
        foreach (Artifact artifact in run.Artifacts)
        {
            byte[] content = await api.ArtifactAsync(run.Id, artifact.Name);
            Assert.Equal(artifact.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    private static Task EpochsAsync(Api api, string sweepId, int epochs) => api.UntilAsync(
        async () => (await api.RunsAsync(sweepId)).Any(run => run.Epoch >= epochs), Limit, $"no run finished {epochs} epochs");
}
