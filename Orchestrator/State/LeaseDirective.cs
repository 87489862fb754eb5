using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.State;

/// <summary>What the holder of a lease should do.</summary>
internal static class LeaseDirective
{
    public static AttemptDirective Of(RunStatus run, SweepStatus sweep) => (run, sweep) switch
    {
        (RunStatus.Running, SweepStatus.Paused) => AttemptDirective.HandBack,
        (RunStatus.Running, _) => AttemptDirective.Continue,
        _ => AttemptDirective.Cancel,
    };
}
