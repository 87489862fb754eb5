
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>A teacher without a share of the loss.</summary>
internal sealed class TeacherWithoutShare : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["distillationAlpha", "teacher"];

    public override string? Doubt(Hyperparameters h) => h.Teacher != "none" && h.DistillationAlpha == 0
        ? "distillationAlpha 0 leaves the teacher no share of the loss"
        : null;
}
