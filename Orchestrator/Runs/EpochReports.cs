using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;

namespace Experiments.Orchestrator.Runs;

/// <summary>Takes in what attempts report after each epoch. Reports may come twice, and after the attempt's end.</summary>
public sealed class EpochReports(StateWriter writer, MetricArchive archive, ILogger<EpochReports> logger)
{
    public async Task HandleAsync(EpochFinished report, CancellationToken cancellationToken)
    {
        if (!await writer.WriteAsync(unit => UpdateAsync(unit, report), cancellationToken))
        {
            logger.LogWarning("Epoch {Epoch} of unknown attempt {Attempt} of run {RunId} ignored", report.Epoch, report.Attempt, report.RunId);
            return;
        }

        MetricPoint[] points =
            [.. report.Metrics.Where(metric => double.IsFinite(metric.Value)).Select(metric => new MetricPoint(0, metric.Key, report.Epoch, metric.Value, report.Time))];
        await archive.StoreAsync([new MetricBatch(report.SweepId, report.RunId, report.Attempt, points)], position: null, cancellationToken);
    }

    private async Task<bool> UpdateAsync(StateWrite unit, EpochFinished report)
    {
        Run? run = await unit.Db.Runs.FindAsync([report.RunId], unit.CancellationToken);
        Attempt? attempt = await unit.Db.Attempts.FindAsync([report.RunId, report.Attempt], unit.CancellationToken);
        if (run is null || attempt is null)
        {
            return false;
        }

        if (run.Attempt != report.Attempt)
        {
            // Its successor began from an epoch that may lie before this one; the archive knows which points count.
            logger.LogInformation(
                "Epoch {Epoch} of run {RunId} comes from attempt {Attempt}, which was succeeded by {Current}",
                report.Epoch, report.RunId, report.Attempt, run.Attempt);
            return true;
        }

        Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
        Apply(run, attempt, sweep.Objective, report);
        unit.RunChanged(run.Id, run.SweepId);
        return true;
    }

    private static void Apply(Run run, Attempt attempt, ObjectiveSpec objective, EpochFinished report)
    {
        bool isNewest = !attempt.HasCheckpoint || report.Epoch >= attempt.LastEpoch;
        if (isNewest)
        {
            attempt.HasCheckpoint = true;
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
