using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.State;

/// <summary>What the holder of a lease should do.</summary>
internal static class LeaseDirective
{
    /// <param name="isHeld">Whether the stopping rule has decided to pause or stop the run.</param>
    public static AttemptDirective Of(RunStatus run, SweepStatus sweep, bool isHeld) => (run, sweep) switch
    {
        (RunStatus.Running, _) when isHeld => AttemptDirective.HandBack,
        (RunStatus.Running, SweepStatus.Paused) => AttemptDirective.HandBack,
        (RunStatus.Running, _) => AttemptDirective.Continue,
        _ => AttemptDirective.Cancel,
    };
}
