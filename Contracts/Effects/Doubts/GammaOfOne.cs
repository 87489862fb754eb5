
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>A step that changes nothing.</summary>
internal sealed class GammaOfOne : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["schedulerGamma"];

    public override string? Doubt(Hyperparameters h) => h.SchedulerGamma == 1 && ScheduleReach.Steps(h)
        ? "a step times 1 leaves the learning rate as it is"
        : null;
}
