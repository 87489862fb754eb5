
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only with a teacher.</summary>
internal sealed class DistillationAlphaRule : EffectRule
{
    public override string Hyperparameter => "distillationAlpha";

    public override IReadOnlyList<string> DependsOn { get; } = ["teacher"];

    public override bool IsIdle(Hyperparameters h) => h.Teacher == Default.Teacher;

    public override string Reason(Hyperparameters h) => "teacher is none";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.DistillationAlpha == Default.DistillationAlpha ? h : h with { DistillationAlpha = Default.DistillationAlpha };
}
