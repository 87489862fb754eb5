using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>A warm-up that is not followed by a schedule.</summary>
internal sealed class WarmupWithoutScheduler : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["warmupEpochs", "scheduler"];

    public override string? Doubt(Hyperparameters h) => h.WarmupEpochs > 0 && h.Scheduler == SchedulerKind.None
        ? string.Create(CultureInfo.InvariantCulture, $"the learning rate rises for {h.WarmupEpochs} {(h.WarmupEpochs == 1 ? "epoch" : "epochs")} and then stays, as scheduler is none; cosine is usual after a warm-up")
        : null;
}
