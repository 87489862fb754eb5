using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>A worker's side of an attempt: trains when told to, whether it still has the lease or not.</summary>
internal sealed class ScriptedAttempt(RunClaimed claim, string workerId)
{
    /// <summary>How attempts can end, completion aside.</summary>
    private static readonly (AttemptOutcome, FailureKind?)[] Ends =
    [
        (AttemptOutcome.Failed, FailureKind.Crash), (AttemptOutcome.Failed, FailureKind.OutOfMemory), (AttemptOutcome.Failed, FailureKind.Diverged),
        (AttemptOutcome.HandedBack, null), (AttemptOutcome.Cancelled, null),
    ];

    public RunClaimed Claim { get; } = claim;

    public string WorkerId { get; } = workerId;

    /// <summary>Finished epochs.</summary>
    public int Epoch { get; private set; } = claim.Epochs.First;

    public bool IsDone => Epoch == Claim.Epochs.Last;

    /// <summary>What training measures: the same whoever does it.</summary>
    public static double ValueOf(string runId, int epoch) => (runId[^1] - '0') + (epoch / 100.0);

    public EpochFinished FinishEpoch(DateTimeOffset now)
    {
        Epoch++;
        return new EpochFinished(
            Claim.SweepId, Claim.RunId, Claim.Attempt, WorkerId, Epoch, Epoch * 10L,
            new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = ValueOf(Claim.RunId, Epoch) }, now);
    }

    /// <summary>Completed when all epochs are done; else one of the other ends.</summary>
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
