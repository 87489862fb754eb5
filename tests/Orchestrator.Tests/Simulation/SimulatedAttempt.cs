using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The attempt that a simulated worker trains, and the directives it received.</summary>
internal sealed class SimulatedAttempt(RunClaimed claim, string workerId)
{
    private readonly List<EpochFinished> _epochs = [];

    public RunClaimed Claim { get; } = claim;

    public AttemptDirective Directive { get; private set; } = AttemptDirective.Continue;

    public bool HasEnded { get; set; }

    /// <summary>The value measured after an epoch: the same on every worker, at any time.</summary>
    public static double ValueOf(string runId, int epoch) => runId[^1] + (epoch / 100.0);

    /// <summary>Applies a directive as GpuWorker does: the first directive stays, except that losing the lease overrides everything.</summary>
    public void Apply(AttemptDirective directive)
    {
        bool isDecided = Directive != AttemptDirective.Continue;
        if (directive != AttemptDirective.Continue && (!isDecided || directive == AttemptDirective.Abandon))
        {
            Directive = directive;
        }
    }

    /// <summary>The report of an epoch, which the end repeats.</summary>
    public EpochFinished Epoch(int epoch, DateTimeOffset now)
    {
        var report = new EpochFinished(
            Claim.SweepId, Claim.RunId, Claim.Attempt, workerId, epoch, epoch * 10L,
            new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = ValueOf(Claim.RunId, epoch) }, now);
        _epochs.Add(report);
        return report;
    }

    public MetricBatch Points(int epoch, DateTimeOffset now) => new(
        Claim.SweepId, Claim.RunId, Claim.Attempt,
        [new MetricPoint(epoch, MetricNames.ValidationAccuracy, epoch, ValueOf(Claim.RunId, epoch), now)]);

    public AttemptEnded End(AttemptOutcome outcome, DateTimeOffset now, FailureKind? failure = null) => new()
    {
        SweepId = Claim.SweepId,
        RunId = Claim.RunId,
        Attempt = Claim.Attempt,
        WorkerId = workerId,
        Outcome = outcome,
        Failure = failure is { } kind ? new RunFailure(kind, $"it was {kind}") : null,
        Artifacts = outcome == AttemptOutcome.Completed ? [new Artifact("best.safetensors", 1, "00")] : [],
        Epochs = [.. _epochs],
        Time = now,
    };
}
