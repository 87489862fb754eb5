using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>The targets of a batch's images.</summary>
/// <param name="Labels">int64 [N]: the labels that accuracy counts.</param>
/// <param name="Shares">float32 [N, classes], each row adding up to 1; null if each image has a single class.</param>
/// <param name="TeacherLogits">float32 [N, classes]; null without a teacher.</param>
internal sealed record Targets(Tensor Labels, Tensor? Shares = null, Tensor? TeacherLogits = null)
{
    /// <summary>Views of some of the rows.</summary>
    public Targets Part(long start, long count) => new(
        Labels.narrow(0, start, count), Shares?.narrow(0, start, count), TeacherLogits?.narrow(0, start, count));
}
