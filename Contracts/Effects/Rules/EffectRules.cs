using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;
using Experiments.Contracts.Text;
using static System.FormattableString;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>The rules, by hyperparameter.</summary>
internal static class EffectRules
{
    private static readonly string[] Stopping = ["earlyStoppingPatience", "epochs", "pruning", "pruningEpochs"];
    private static readonly string[] Steps = ["scheduler", "epochs", "warmupEpochs"];

    public static IReadOnlyList<EffectRule> All { get; } =
    [
        new("momentum", ["optimizer"], h => h.Optimizer is not (OptimizerKind.Sgd or OptimizerKind.RmsProp),
            h => $"optimizer {EnumText.Of(h.Optimizer)} does not use it; sgd and rmsprop do"),
        OfScheduler("schedulerStepSize", SchedulerKind.Step),
        OfScheduler("schedulerMilestones", SchedulerKind.MultiStep),
        new("schedulerGamma", [.. Steps, "schedulerStepSize", "schedulerMilestones", "schedulerPatience"], h => !ScheduleReach.Steps(h),
            h => ScheduleReach.HasSteps(h.Scheduler)
                ? $"the {EnumText.Of(h.Scheduler)} scheduler takes no step within {ScheduleReach.Text(h)}"
                : $"scheduler {EnumText.Of(h.Scheduler)} does not use it; step, multistep and plateau do"),
        OfScheduler("schedulerPatience", SchedulerKind.Plateau),
        new("schedulerStepSize", Steps, h => h.Scheduler == SchedulerKind.Step && h.SchedulerStepSize >= ScheduleReach.Epochs(h),
            h => Invariant($"a step after every {h.SchedulerStepSize} epochs is none within {ScheduleReach.Text(h)}, and the learning rate stays"))
        {
            DependsOnValue = true,
            Same = h => (long)Math.Max(ScheduleReach.Epochs(h), Hyperparameters.Default.SchedulerStepSize),
        },
        new("schedulerMilestones", Steps, h => h.Scheduler == SchedulerKind.MultiStep && h.SchedulerMilestones.Epochs.Any(epoch => epoch >= ScheduleReach.Epochs(h)),
            h => Invariant($"milestone {h.SchedulerMilestones.Epochs.First(epoch => epoch >= ScheduleReach.Epochs(h))} is not reached within {ScheduleReach.Text(h)}"))
        {
            DependsOnValue = true,
            Same = h => new EpochList(h.SchedulerMilestones.Epochs.Where(epoch => epoch < ScheduleReach.Epochs(h))),
        },
        new("schedulerPatience", Steps, h => h.Scheduler == SchedulerKind.Plateau && h.SchedulerPatience >= ScheduleReach.Epochs(h),
            h => Invariant($"{h.SchedulerPatience} epochs without improvement cannot pass within {ScheduleReach.Text(h)}, and the learning rate stays"))
        {
            DependsOnValue = true,
            Same = h => (long)Math.Max(ScheduleReach.Epochs(h), Hyperparameters.Default.SchedulerPatience),
        },
        new("earlyStoppingPatience", ["epochs", "pruning", "pruningEpochs"], h => h.EarlyStoppingPatience is not null && !EarlyStoppingReach.CanStop(h),
            h => Invariant($"{h.EarlyStoppingPatience} epochs without improvement cannot pass within the {EarlyStoppingReach.Epochs(h)} {(h.Pruning > 0 ? "epochs after pruning" : "epochs")}, and training never ends early"))
        {
            DependsOnValue = true,
        },
        new("earlyStoppingMetric", Stopping, h => !EarlyStoppingReach.CanStop(h), EarlyStoppingReach.WhyNot),
        new("earlyStoppingMinDelta", Stopping, h => !EarlyStoppingReach.CanStop(h), EarlyStoppingReach.WhyNot),
        new("freezeEpochs", ["epochs"], h => h.FreezeEpochs > h.Epochs,
            h => Invariant($"all {h.Epochs} epochs are frozen already, and the backbone is never trained: {h.FreezeEpochs} is more than epochs"))
        {
            DependsOnValue = true,
            Same = h => (long)h.Epochs,
        },
        new("unfreeze", ["freezeEpochs", "epochs"], FreezeReach.IsNeverThawed, FreezeReach.NeverThawed),
        new("backboneLearningRate", ["freezeEpochs", "epochs"], FreezeReach.IsNeverThawed, FreezeReach.NeverThawed),
        new("freezeBatchNorm", ["model", "freezeEpochs", "unfreeze"], h => !FreezeReach.Freezes(h) || ModelCatalog.Find(h.Model) is { BatchNorm: false },
            h => FreezeReach.Freezes(h) ? $"{h.Model} has no batch norm" : "nothing is frozen; freezeEpochs and unfreeze: gradual freeze"),

        // Configurations are settled already, see CellDefaults.
        new("smallInput", ["model"], h => ModelCatalog.Find(h.Model) is { SmallInput: false }, h => $"{h.Model} has no other stem for small images")
        {
            Same = h => h.SmallInput,
        },
        new("pruningEpochs", ["pruning"], h => h.Pruning == 0, _ => "pruning is 0"),
        OfTeacher("distillationTemperature"),
        OfTeacher("distillationAlpha"),
        new("gradientAccumulation", ["batchSize"], h => h.GradientAccumulation > h.BatchSize,
            h => Invariant($"a batch of {h.BatchSize} images has no more than {h.BatchSize} parts: {h.GradientAccumulation} is more"))
        {
            DependsOnValue = true,
            Same = h => (long)h.BatchSize,
        },
    ];

    private static EffectRule OfScheduler(string hyperparameter, SchedulerKind scheduler) => new(
        hyperparameter, ["scheduler"], h => h.Scheduler != scheduler,
        h => $"scheduler {EnumText.Of(h.Scheduler)} does not use it; {EnumText.Of(scheduler)} does");

    private static EffectRule OfTeacher(string hyperparameter) => new(
        hyperparameter, ["teacher"], h => h.Teacher == Hyperparameters.Default.Teacher, _ => "teacher is none");
}
