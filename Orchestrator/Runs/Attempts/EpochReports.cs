using System.Collections.Concurrent;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Stores what attempts report after each epoch. Reports may arrive twice, and after the attempt's end.</summary>
public sealed class EpochReports(
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    LeaseTable leases,
    MetricArchive archive,
    ArtifactRetention retention,
    ArtifactUsage usage,
    RungDecisions rungs,
    ILogger<EpochReports> logger)
{
    /// <summary>Epochs of live attempts that were reported to this process.</summary>
    private readonly ConcurrentDictionary<(string RunId, int Attempt), ConcurrentDictionary<int, bool>> _known = [];

    /// <summary>Stores the epochs of an ending attempt whose reports never arrived: a broker may lose messages that it has confirmed.</summary>
    public async Task CatchUpAsync(AttemptEnded ended, CancellationToken cancellationToken)
    {
        _known.TryRemove((ended.RunId, ended.Attempt), out ConcurrentDictionary<int, bool>? known);
        foreach (EpochFinished epoch in ended.Epochs.Where(epoch => known?.ContainsKey(epoch.Epoch) != true).OrderBy(epoch => epoch.Epoch))
        {
            await TakeInAsync(epoch, cancellationToken);
        }
    }

    /// <exception cref="BadMessageException">The report is not valid.</exception>
    public async Task HandleAsync(EpochFinished report, CancellationToken cancellationToken)
    {
        // Late reports of ended attempts would be kept forever.
        if (await TakeInAsync(report, cancellationToken) && leases.IsHeldBy(report.RunId, report.Attempt, report.WorkerId))
        {
            _known.GetOrAdd((report.RunId, report.Attempt), _ => []).TryAdd(report.Epoch, true);
        }
    }

    /// <returns>False when the attempt is unknown.</returns>
    private async Task<bool> TakeInAsync(EpochFinished report, CancellationToken cancellationToken)
    {
        RunEventCheck.RequireIds(report.RunId, report.WorkerId);
        if (await FindEpochsAsync(report, cancellationToken) is not { } epochs)
        {
            logger.LogWarning("Epoch {Epoch} of unknown attempt {Attempt} of run {RunId} ignored", report.Epoch, report.Attempt, report.RunId);
            return false;
        }

        RunEventCheck.Require(report, epochs);

        // Points first: once the epoch counts as finished, the next attempt does not report it again.
        await StorePointsAsync(report, cancellationToken);
        await writer.WriteAsync(unit => UpdateAsync(unit, report), cancellationToken);
        usage.Measure(report.RunId, report.Attempt);
        return true;
    }

    /// <returns>The number of epochs of the run; null when there is no such attempt.</returns>
    private async Task<int?> FindEpochsAsync(EpochFinished report, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Runs
            .Where(run => run.Id == report.RunId && db.Attempts.Any(attempt => attempt.RunId == run.Id && attempt.Number == report.Attempt))
            .Select(run => (int?)run.Epochs)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task StorePointsAsync(EpochFinished report, CancellationToken cancellationToken)
    {
        // JSON can express infinity (1e999), which charts and sorted lists cannot handle.
        if (report.Metrics.FirstOrDefault(metric => !double.IsFinite(metric.Value)).Key is { } odd)
        {
            logger.LogWarning("Metric {Metric} of epoch {Epoch} of run {RunId} is not a number and is left out", odd, report.Epoch, report.RunId);
        }

        MetricPoint[] points =
            [.. report.Metrics.Where(metric => double.IsFinite(metric.Value)).Select(metric => new MetricPoint(0, metric.Key, report.Epoch, metric.Value, report.Time))];
        await archive.StoreAsync([new MetricBatch(report.SweepId, report.RunId, report.Attempt, points)], position: null, cancellationToken);
    }

    private async Task UpdateAsync(StateWrite unit, EpochFinished report)
    {
        Run? run = await unit.Db.Runs.FindAsync([report.RunId], unit.CancellationToken);
        Attempt? attempt = await unit.Db.Attempts.FindAsync([report.RunId, report.Attempt], unit.CancellationToken);
        if (run is null || attempt is null)
        {
            logger.LogInformation("Epoch {Epoch} of run {RunId} ignored: the run was deleted", report.Epoch, report.RunId);
            return;
        }

        if (run.Attempt != report.Attempt)
        {
            // Its successor may have resumed from an earlier epoch; the archive decides which points count.
            logger.LogInformation(
                "Epoch {Epoch} of run {RunId} comes from attempt {Attempt}, which attempt {Current} has replaced",
                report.Epoch, report.RunId, report.Attempt, run.Attempt);
            return;
        }

        if (!attempt.HasCheckpoint)
        {
            // Checkpoints of earlier attempts are no longer needed.
            unit.AfterCommit(() => retention.Consider(run.Id));
        }

        // Unless the run took over the result of an equal run while an obsolete attempt was still training.
        if (run.ReusedFrom is null)
        {
            Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
            Apply(run, attempt, sweep.Objective, report);
            await TwinRuns.PassOnAsync(unit, run);
            await rungs.ReportedAsync(unit, sweep, run, report);
        }

        // A worker whose heartbeats are delayed is not lost while its reports arrive.
        unit.AfterCommit(() => leases.Renew(report.RunId, report.Attempt, report.WorkerId));
        unit.RunChanged(run.Id, run.SweepId);
    }

    private static void Apply(Run run, Attempt attempt, ObjectiveSpec objective, EpochFinished report)
    {
        bool isNewest = attempt.LastIteration is null || report.Epoch >= attempt.LastEpoch;
        if (isNewest)
        {
            // A cancelled attempt aborts its uploads and reports its epochs without files.
            attempt.HasCheckpoint |= run.Status != RunStatus.Cancelled;
            attempt.LastEpoch = report.Epoch;
            attempt.LastIteration = report.Iteration;
            run.Epoch = report.Epoch;
        }

        run.Summary = RunSummary.Write(RunSummary.Add(RunSummary.Read(run.Summary), report.Epoch, report.Metrics, isNewest));
        if (report.Metrics.TryGetValue(objective.Metric, out double value) && double.IsFinite(value)
            && (run.BestObjective is not { } best || objective.IsBetter(value, best)))
        {
            run.BestObjective = value;
        }
    }
}
