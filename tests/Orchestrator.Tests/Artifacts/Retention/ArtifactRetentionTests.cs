using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Artifacts.Retention;

/// <summary>Tests which files are removed once they are no longer needed.</summary>
public sealed class ArtifactRetentionTests
{
    private static readonly string[] All = [".last.safetensors.abc.part", "best.safetensors", "checkpoint.previous.safetensors", "checkpoint.safetensors"];

    [Fact]
    public async Task Completed_LeavesTheResultOfTheLastAttempt()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed first) = await BeginAsync(host);
        await worker.FinishEpochAsync(first, 1);
        await worker.EndAsync(first, AttemptOutcome.HandedBack);
        RunClaimed second = await worker.ClaimAsync();
        Assert.Equal(1, second.ResumeFromAttempt);
        Assert.Contains("checkpoint.safetensors", FilesOf(host, first));
        Leave(host, second);

        await worker.EndAsync(second, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 1, "abc"));

        await UntilAsync(host, second, ["best.safetensors"]);
        await UntilAsync(host, first, []);
    }

    [Fact]
    public async Task NewerCheckpoint_MakesTheEarlierOnesGo()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed first) = await BeginAsync(host);
        await worker.FinishEpochAsync(first, 1);
        await worker.EndAsync(first, AttemptOutcome.HandedBack);
        RunClaimed second = await worker.ClaimAsync();
        Leave(host, second);

        await worker.FinishEpochAsync(second, 2);

        await UntilAsync(host, first, ["best.safetensors"]);
        Assert.Equal(All, FilesOf(host, second));
        await worker.EndAsync(second, AttemptOutcome.HandedBack);
        Assert.Equal(2, (await worker.ClaimAsync()).ResumeFromAttempt);
    }

    [Fact]
    public async Task Cancelled_LosesItsCheckpointsAndARetryStartsAfresh()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed run) = await BeginAsync(host);
        await worker.FinishEpochAsync(run, 1);
        await host.UntilRunAsync(run.RunId, r => r.Epoch == 1);
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/cancel");
        Assert.Contains("checkpoint.safetensors", FilesOf(host, run));

        await worker.EndAsync(run, AttemptOutcome.Cancelled);

        await UntilAsync(host, run, ["best.safetensors"]);
        await AssertRetryStartsAfreshAsync(host, worker, run);
    }

    /// <summary>When its attempt is cancelled, a worker that stores files over HTTP aborts its uploads, but still reports the epoch.</summary>
    [Fact]
    public async Task Cancelled_EpochReportedWithoutFiles_IsNotResumedFrom()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/cancel");

        await worker.FinishEpochAsync(run, 1);
        await worker.EndAsync(run, AttemptOutcome.Cancelled);

        await TestTimeout.UntilAsync(() => host.GetAsync<AttemptView[]>($"/api/runs/{run.RunId}/attempts"), attempts => attempts.Single().EndedAt is not null);
        await AssertRetryStartsAfreshAsync(host, worker, run);
    }

    [Fact]
    public async Task Cancelled_EpochReportedAfterItsCheckpointIsGone_IsNotResumedFrom()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed run) = await BeginAsync(host);
        await worker.FinishEpochAsync(run, 1);
        await host.UntilRunAsync(run.RunId, r => r.Epoch == 1);
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/cancel");
        await worker.EndAsync(run, AttemptOutcome.Cancelled);
        await UntilAsync(host, run, ["best.safetensors"]);

        await worker.FinishEpochAsync(run, 2);

        await host.UntilRunAsync(run.RunId, r => r.Epoch == 2);
        await AssertRetryStartsAfreshAsync(host, worker, run);
    }

    /// <summary>The checkpoint in the database was removed manually, or was never written.</summary>
    [Fact]
    public async Task Cancelled_CheckpointThatIsNotThere_IsForgotten()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed run) = await BeginAsync(host);
        await worker.FinishEpochAsync(run, 1);
        await host.UntilRunAsync(run.RunId, r => r.Epoch == 1);
        foreach (string name in All)
        {
            File.Delete(Path.Combine(host.Get<ArtifactFolder>().AttemptFolder(run.RunId, run.Attempt), name));
        }

        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/cancel");
        await worker.EndAsync(run, AttemptOutcome.Cancelled);

        await TestTimeout.UntilAsync(
            async () =>
            {
                await using StateContext db = await host.Get<IDbContextFactory<StateContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
                return await db.Attempts.SingleAsync(TestContext.Current.CancellationToken);
            },
            attempt => !attempt.HasCheckpoint);
        await AssertRetryStartsAfreshAsync(host, worker, run);
    }

    [Fact]
    public async Task CancelledSweep_LosesTheCheckpointsOfRunsThatWait()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed run) = await BeginAsync(host);
        await worker.FinishEpochAsync(run, 1);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);
        await host.UntilRunAsync(run.RunId, r => r.Status == RunStatus.Queued);

        await host.PostAsync<SweepView>($"/api/sweeps/{run.SweepId}/cancel");

        await UntilAsync(host, run, ["best.safetensors"]);
    }

    [Fact]
    public async Task Failed_KeepsWhatARetryNeeds()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        (ScriptedWorker worker, RunClaimed run) = await BeginAsync(host);
        await worker.FinishEpochAsync(run, 1);

        await worker.EndAsync(run, AttemptOutcome.Failed, FailureKind.Diverged);

        await UntilAsync(host, run, All[1..]);
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/retry");
        Assert.Equal(1, (await worker.ClaimAsync()).ResumeFromAttempt);
    }

    [Fact]
    public async Task Start_AfterAnInterruptedRemoval_FinishesIt()
    {
        using var folder = new TempFolder();
        RunClaimed run;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            (ScriptedWorker worker, run) = await BeginAsync(host);
            await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 1, "abc"));
            await UntilAsync(host, run, ["best.safetensors"]);
            Leave(host, run);
            Directory.CreateDirectory(Path.Combine(host.Get<ArtifactFolder>().Root, "somebody-elses", "1"));
            await File.WriteAllTextAsync(Path.Combine(host.Get<ArtifactFolder>().Root, "somebody-elses", "1", "checkpoint.safetensors"), "", TestContext.Current.CancellationToken);
        }

        await using TestHost again = await TestHost.StartAsync(folder);

        await UntilAsync(again, run, ["best.safetensors"]);
        Assert.True(File.Exists(Path.Combine(again.Get<ArtifactFolder>().Root, "somebody-elses", "1", "checkpoint.safetensors")));
    }

    private static async Task<(ScriptedWorker Worker, RunClaimed Run)> BeginAsync(TestHost host)
    {
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        Leave(host, run);
        return (worker, run);
    }

    private static async Task AssertRetryStartsAfreshAsync(TestHost host, ScriptedWorker worker, RunClaimed run)
    {
        await host.PostAsync<RunView>($"/api/runs/{run.RunId}/retry");
        RunClaimed again = await worker.ClaimAsync();
        Assert.Equal((run.RunId, null, 0), (again.RunId, again.ResumeFromAttempt, again.Epochs.First));
    }

    private static void Leave(TestHost host, RunClaimed run)
    {
        string path = host.Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, run.Attempt);
        foreach (string name in All)
        {
            File.WriteAllText(Path.Combine(path, name), name);
        }
    }

    private static Task<string> UntilAsync(TestHost host, RunClaimed run, string[] expected) =>
        TestTimeout.UntilAsync(() => Task.FromResult(string.Join(' ', FilesOf(host, run))), names => names == string.Join(' ', expected));

    private static string[] FilesOf(TestHost host, RunClaimed run)
    {
        string path = host.Get<ArtifactFolder>().AttemptFolder(run.RunId, run.Attempt);
        return Directory.Exists(path) ? [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
    }
}
