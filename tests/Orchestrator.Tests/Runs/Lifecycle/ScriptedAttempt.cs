using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>The worker's side of an attempt: trains on command, whether or not it still holds the lease.</summary>
internal sealed class ScriptedAttempt(RunClaimed claim, string workerId)
{
    /// <summary>How attempts can end other than by completion.</summary>
    private static readonly (AttemptOutcome, FailureKind?)[] Ends =
    [
        (AttemptOutcome.Failed, FailureKind.Crash), (AttemptOutcome.Failed, FailureKind.OutOfMemory), (AttemptOutcome.Failed, FailureKind.Diverged),
        (AttemptOutcome.HandedBack, null), (AttemptOutcome.Cancelled, null),
    ];

    public RunClaimed Claim { get; } = claim;

    public string WorkerId { get; } = workerId;

    /// <summary>The number of finished epochs.</summary>
    public int Epoch { get; private set; } = claim.Epochs.First;

    public bool IsDone => Epoch == Claim.Epochs.Last;

    /// <summary>The measured value: the same on every worker.</summary>
    public static double ValueOf(string runId, int epoch) => (runId[^1] - '0') + (epoch / 100.0);

    public EpochFinished FinishEpoch(DateTimeOffset now)
    {
        Epoch++;
        return new EpochFinished(
            Claim.SweepId, Claim.RunId, Claim.Attempt, WorkerId, Epoch, Epoch * 10L,
            new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = ValueOf(Claim.RunId, Epoch) }, now);
    }

    /// <summary>Completed when all epochs are finished, otherwise one of the other outcomes.</summary>
    public AttemptEnded End(int how, DateTimeOffset now)
    {
        (AttemptOutcome outcome, FailureKind? failure) = IsDone ? (AttemptOutcome.Completed, null) : Ends[how % Ends.Length];
        return new AttemptEnded
        {
            SweepId = Claim.SweepId,
            RunId = Claim.RunId,
            Attempt = Claim.Attempt,
            WorkerId = WorkerId,
            Outcome = outcome,
            Failure = failure is { } kind ? new RunFailure(kind, $"it was {kind}") : null,
            Time = now,
        };
    }
}
