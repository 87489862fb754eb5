using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs;

/// <summary>What happens to a run when its attempts do not go well.</summary>
public sealed class AttemptTests
{
    [Fact]
    public async Task LostLease_RunGoesOnFromItsCheckpointAsNextAttempt()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var lost = new ScriptedWorker(host, "lost");
        var other = new ScriptedWorker(host, "other");
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed first = await lost.ClaimAsync();
        await lost.FinishEpochAsync(first, 1);
        await host.UntilRunAsync(first.RunId, run => run.Epoch == 1);

        await PassAsync(time, () => host.UntilRunAsync(first.RunId, run => run.Status == RunStatus.Queued));
        RunClaimed second = await other.ClaimAsync();

        Assert.Equal((first.RunId, 2, 1), (second.RunId, second.Attempt, second.ResumeFromAttempt));
        Assert.Equal(AttemptDirective.Abandon, (await lost.BeatAsync(first)).Attempt);
        Assert.Equal(AttemptDirective.Continue, (await other.BeatAsync(second)).Attempt);
        AttemptView[] attempts = await host.GetAsync<AttemptView[]>($"/api/runs/{first.RunId}/attempts");
        Assert.Equal([AttemptOutcome.Lost, null], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(FailureKind.Lost, attempts[0].Failure!.Kind);
        Assert.Equal([0, 1], attempts.Select(attempt => attempt.FirstEpoch));
    }

    [Fact]
    public async Task StaleAttempt_EndsAndReports_ChangesNothing()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed first = await worker.ClaimAsync();
        await worker.EndAsync(first, AttemptOutcome.HandedBack);
        RunClaimed second = await worker.ClaimAsync();

        await worker.EndAsync(first, AttemptOutcome.Completed);
        await worker.FinishEpochAsync(first, 2, accuracy: 0.99);
        await worker.FinishEpochAsync(second, 1, accuracy: 0.1);

        RunView run = await host.UntilRunAsync(first.RunId, r => r.Epoch == 1);
        Assert.Equal((RunStatus.Running, 2), (run.Status, run.Attempt));
        Assert.Equal(0.1, run.Summary[MetricNames.ValidationAccuracy].Best);
    }

    [Fact]
    public async Task Events_DuplicatedAndReordered_GiveTheSameRun()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();

        await worker.FinishEpochAsync(run, 1, 0.7);
        await worker.FinishEpochAsync(run, 1, 0.7);
        await worker.EndAsync(run, AttemptOutcome.Completed);
        await worker.EndAsync(run, AttemptOutcome.Failed, FailureKind.Crash);
        await worker.FinishEpochAsync(run, 2, 0.6);

        await host.UntilRunAsync(run.RunId, r => r.Epoch == 2);
        RunView ended = await host.GetAsync<RunView>($"/api/runs/{run.RunId}");
        Assert.Equal(RunStatus.Completed, ended.Status);
        Assert.Equal(new MetricSummary(0.6, 0.7, 1), ended.Summary[MetricNames.ValidationAccuracy]);
        var curves = await Patience.UntilAsync(
            () => host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{run.RunId}/metrics"),
            all => all.Values.All(points => points.Length == 2) && all.Count == 2);
        Assert.Equal([(1L, 0.7), (2L, 0.6)], curves[MetricNames.ValidationAccuracy].Select(point => (point.Step, point.Value)));
    }

    [Fact]
    public async Task Crash_IsTriedAgainUntilMaxAttempts_ThenRetryByHand()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 2"));
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            RunClaimed run = await worker.ClaimAsync();
            Assert.Equal(attempt, run.Attempt);
            await worker.EndAsync(run, AttemptOutcome.Failed, FailureKind.Crash);
        }

        sweep = await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Failed);
        RunView failed = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?status=failed")).Items.Single();
        Assert.Equal(new RunFailure(FailureKind.Crash, "it was Crash"), failed.Failure);

        RunView retried = await host.PostAsync<RunView>($"/api/runs/{failed.Id}/retry");
        Assert.Equal(RunStatus.Queued, retried.Status);
        Assert.Null(retried.Failure);
        Assert.Equal(SweepStatus.Running, (await host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status);
        RunClaimed third = await worker.ClaimAsync();
        Assert.Equal(3, third.Attempt);
        await worker.CompleteAsync(third);
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Theory]
    [InlineData(FailureKind.Diverged)]
    [InlineData(FailureKind.Data)]
    [InlineData(FailureKind.Invalid)]
    [InlineData(FailureKind.OutOfMemory)]
    public async Task Failure_ThatWouldRepeat_FailsTheRunAndTheOthersGoOn(FailureKind kind)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.Failed, kind);
        await worker.CompleteAsync(await worker.ClaimAsync());

        sweep = await host.UntilAsync(sweep.Id, s => s.RunCounts.Ended == 2);
        Assert.Equal((SweepStatus.Failed, 1, 1), (sweep.Status, sweep.RunCounts.Failed, sweep.RunCounts.Completed));
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/retry-failed");
        await worker.CompleteAsync(await worker.ClaimAsync());
        await host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
    }

    [Fact]
    public async Task HandedBack_ResumesFromTheAttemptThatHasACheckpoint()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await worker.FinishEpochAsync(run, 1);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);

        RunClaimed second = await worker.ClaimAsync();
        Assert.Equal(1, second.ResumeFromAttempt);
        await worker.EndAsync(second, AttemptOutcome.HandedBack);

        // The second left nothing.
        RunClaimed third = await worker.ClaimAsync();
        Assert.Equal((3, 1), (third.Attempt, third.ResumeFromAttempt));
        string left = host.Get<ServiceDefaults.Artifacts.IArtifactStore>().PrepareAttemptFolder(run.RunId, 3);
        await File.WriteAllTextAsync(Path.Combine(left, "checkpoint.safetensors"), "", TestContext.Current.CancellationToken);
        await worker.EndAsync(third, AttemptOutcome.HandedBack);

        Assert.Equal(3, (await worker.ClaimAsync()).ResumeFromAttempt);
    }

    /// <summary>Lets the clock run, a second at a time, until the answer is there.</summary>
    private static async Task PassAsync<T>(FakeTimeProvider time, Func<Task<T>> until)
    {
        Task<T> answer = until();
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await answer;
    }
}
