using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Decides which attempts fail.</summary>
internal sealed class SimulatedFailures(Luck luck)
{
    private static readonly FailureKind[] Kinds =
        [FailureKind.Crash, FailureKind.Crash, FailureKind.OutOfMemory, FailureKind.Diverged, FailureKind.Data, FailureKind.Invalid];

    private readonly double _chance = luck.Next(2) == 0 ? 0 : 0.15;

    /// <summary>How an attempt of a run fails now; null when it continues.</summary>
    public FailureKind? Next(string runId)
    {
        _ = runId;
        return luck.Happens(_chance) ? luck.Pick(Kinds) : null;
    }
}
