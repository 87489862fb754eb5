using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Doubts;
using Experiments.Contracts.Effects.Reach;
using static System.FormattableString;

namespace Experiments.Contracts.Effects;

/// <summary>Every rule about probable mistakes.</summary>
public static class HyperparameterDoubts
{
    /// <summary>In the order in which warnings about the same cell are listed.</summary>
    public static IReadOnlyList<DoubtRule> All { get; } =
    [
        // More frozen epochs than epochs have no effect, see EffectRules.
        new(["freezeEpochs", "epochs"], h => h.FreezeEpochs == h.Epochs
            ? Invariant($"all {h.Epochs} epochs are frozen: the backbone is never trained{(h.Pretrained == "none" ? ", and its weights are random" : "")}")
            : null),
        new(["warmupEpochs", "scheduler"], h => h.WarmupEpochs > 0 && h.Scheduler == SchedulerKind.None
            ? Invariant($"the learning rate rises for {h.WarmupEpochs} {(h.WarmupEpochs == 1 ? "epoch" : "epochs")} and then stays, as scheduler is none; cosine is usual after a warm-up")
            : null),
        new(["scheduler", "schedulerMilestones"], h => h.Scheduler == SchedulerKind.MultiStep && h.SchedulerMilestones.Epochs.Count == 0
            ? "scheduler multistep has no schedulerMilestones, and the learning rate stays"
            : null),
        new(["schedulerGamma"], h => h.SchedulerGamma == 1 && ScheduleReach.Steps(h)
            ? "a step times 1 leaves the learning rate as it is"
            : null),
        new(["backboneLearningRate"], h => h.BackboneLearningRate is not null && h.Pretrained == "none" && !FreezeReach.Freezes(h)
            ? "pretrained is none and nothing is frozen: the backbone has random weights, like the head, but learns at another rate"
            : null),
        new(["distillationAlpha", "teacher"], h => h.Teacher != "none" && h.DistillationAlpha == 0
            ? "distillationAlpha 0 leaves the teacher no share of the loss"
            : null),
    ];
}
