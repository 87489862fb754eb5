
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only with a teacher.</summary>
internal sealed class DistillationTemperatureRule : EffectRule
{
    public override string Hyperparameter => "distillationTemperature";

    public override IReadOnlyList<string> DependsOn { get; } = ["teacher"];

    public override bool IsIdle(Hyperparameters h) => h.Teacher == Default.Teacher;

    public override string Reason(Hyperparameters h) => "teacher is none";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.DistillationTemperature == Default.DistillationTemperature ? h : h with { DistillationTemperature = Default.DistillationTemperature };
}
