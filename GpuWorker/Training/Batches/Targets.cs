using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>What the images of a batch are to be recognised as.</summary>
/// <param name="Labels">int64 [N]: what accuracy is counted against.</param>
/// <param name="Shares">float32 [N, classes], each row adding up to 1; null where every image is wholly its label's.</param>
/// <param name="TeacherLogits">float32 [N, classes]; null without a teacher.</param>
internal sealed record Targets(Tensor Labels, Tensor? Shares = null, Tensor? TeacherLogits = null)
{
    /// <summary>Views of some of the rows.</summary>
    public Targets Part(long start, long count) => new(
        Labels.narrow(0, start, count), Shares?.narrow(0, start, count), TeacherLogits?.narrow(0, start, count));
}
