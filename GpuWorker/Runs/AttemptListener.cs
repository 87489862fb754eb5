using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Runs;

/// <summary>Passes on what the trainer tells: points to the metric stream, finished epochs to the Orchestrator.</summary>
internal sealed class AttemptListener(
    RunClaimed claim, string workerId, MetricSender metrics, RunEventSender events, TimeProvider time)
    : ITrainingListener
{
    private readonly ActivityContext _attempt = Activity.Current?.Context ?? default;
    private DateTimeOffset _epochStart = time.GetUtcNow();
    private long _sequence;

    public void OnMetric(string name, long step, double value) =>
        metrics.Enqueue(claim, new MetricPoint(++_sequence, name, step, value, time.GetUtcNow()));

    public void OnEpochFinished(EpochResult result)
    {
        DateTimeOffset now = time.GetUtcNow();
        events.Enqueue(new EpochFinished(
            claim.SweepId, claim.RunId, claim.Attempt, workerId, result.Epoch, result.Iteration, result.Metrics, now));
        Trace(result.Epoch, now);
    }

    private void Trace(int epoch, DateTimeOffset now)
    {
        using Activity? activity = ExperimentsTelemetry.GpuWorker.StartActivity(
            "epoch", ActivityKind.Internal, _attempt, startTime: _epochStart);
        activity?.SetTag("experiments.run", claim.RunId);
        activity?.SetTag("experiments.epoch", epoch);
        activity?.SetEndTime(now.UtcDateTime);
        _epochStart = now;
    }
}
