
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>A multistep scheduler without steps.</summary>
internal sealed class MilestonesMissing : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["scheduler", "schedulerMilestones"];

    public override string? Doubt(Hyperparameters h) => h.Scheduler == SchedulerKind.MultiStep && h.SchedulerMilestones.Epochs.Count == 0
        ? "scheduler multistep has no schedulerMilestones, and the learning rate stays"
        : null;
}
