using System.Data.Common;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Attempts;

/// <summary>Reports of attempts are applied exactly once, in spite of duplicates, delays and failures.</summary>
public sealed class ReportTests
{
    /// <summary>Reports are queued behind one that is retried: their senders' missing heartbeats do not end the leases.</summary>
    [Fact]
    public async Task End_BehindAReportThatCannotBeTakenIn_CountsOnceItCan()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, "maxAttempts: 1"));
        RunClaimed failing = await worker.ClaimAsync();
        RunClaimed completed = await worker.ClaimAsync();
        await RenameAsync(host, "Points", "Gone");
        await worker.FinishEpochAsync(failing, 1);
        await worker.EndAsync(completed, AttemptOutcome.Completed);
        await TestTimeout.UntilAsync(() => Task.FromResult(host.Get<LeaseExpiry>().Deafness), deafness => deafness == LeaseObstacle.ReportsFail);

        await AdvancePastLeaseAsync(time);
        await RenameAsync(host, "Gone", "Points");
        RunView ended = await host.UntilRunAsync(completed.RunId, run => run.Status != RunStatus.Running);
        Assert.Equal(RunStatus.Completed, ended.Status);
    }

    /// <summary>Simulates a slow disk: nothing fails, but reports stay queued for longer than a lease after their senders' last heartbeat.</summary>
    [Fact]
    public async Task End_InAQueueOfReportsThatIsSlow_CountsBeforeItsLeaseEnds()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using TestHost host = await TestHost.StartAsync(folder, time);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, "maxAttempts: 1"));
        RunClaimed training = await worker.ClaimAsync();
        RunClaimed completed = await worker.ClaimAsync();
        await worker.BeatAsync(completed);
        var isWritten = new TaskCompletionSource();
        Task writing = host.Get<StateWriter>().WriteAsync(_ => isWritten.Task, TestTimeout.Token);
        await worker.FinishEpochAsync(training, 1);
        await worker.EndAsync(completed, AttemptOutcome.Completed);

        await AdvancePastLeaseAsync(time);
        isWritten.SetResult();
        await writing;
        RunView ended = await host.UntilRunAsync(completed.RunId, run => run.Status != RunStatus.Running);
        Assert.Equal(RunStatus.Completed, ended.Status);
    }

    /// <summary>Epochs known as finished are never reported again: their points have to be stored before.</summary>
    [Fact]
    public async Task Epoch_PointsCannotBeStored_IsNotKnownAsFinished()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        await RenameAsync(host, "Points", "Gone");

        await Assert.ThrowsAsync<SqliteException>(() => host.Get<EpochReports>().HandleAsync(worker.Epoch(run, 1, 0.5), TestTimeout.Token));

        Assert.Equal(0, (await host.GetAsync<RunView>($"/api/runs/{run.RunId}")).Epoch);
    }

    /// <summary>Happens after a broker that had confirmed the reports was wiped.</summary>
    [Fact]
    public async Task End_OfUnreportedEpochs_IncludesThem()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();

        await worker.SendAsync(new AttemptEnded
        {
            SweepId = run.SweepId,
            RunId = run.RunId,
            Attempt = run.Attempt,
            WorkerId = worker.Id,
            Outcome = AttemptOutcome.Completed,
            Epochs = [worker.Epoch(run, 1, 0.7), worker.Epoch(run, 2, 0.6)],
            Time = host.Get<TimeProvider>().GetUtcNow(),
        });

        RunView ended = await host.UntilRunAsync(run.RunId, r => r.Status == RunStatus.Completed);
        Assert.Equal((2, new MetricSummary(0.6, 0.7, 1)), (ended.Epoch, ended.Summary[MetricNames.ValidationAccuracy]));
        var curves = await host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{run.RunId}/metrics");
        Assert.Equal([(1L, 0.7), (2L, 0.6)], curves[MetricNames.ValidationAccuracy].Select(point => (point.Step, point.Value)));
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
        var curves = await TestTimeout.UntilAsync(
            () => host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{run.RunId}/metrics"),
            all => all.Values.All(points => points.Length == 2) && all.Count == 2);
        Assert.Equal([(1L, 0.7), (2L, 0.6)], curves[MetricNames.ValidationAccuracy].Select(point => (point.Step, point.Value)));
    }

    /// <summary>Advances by more than a lease in steps of a second.</summary>
    private static async Task AdvancePastLeaseAsync(FakeTimeProvider time)
    {
        for (int second = 0; second < 20; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Renames the table, so that nothing can be stored in it.</summary>
    private static async Task RenameAsync(TestHost host, string table, string name)
    {
        await using MetricsContext metrics = await host.Get<IDbContextFactory<MetricsContext>>().CreateDbContextAsync(TestTimeout.Token);
        await metrics.Database.OpenConnectionAsync(TestTimeout.Token);
        using DbCommand rename = metrics.Database.GetDbConnection().CreateCommand();
        rename.CommandText = $"ALTER TABLE {table} RENAME TO {name}";
        await rename.ExecuteNonQueryAsync(TestTimeout.Token);
    }
}
