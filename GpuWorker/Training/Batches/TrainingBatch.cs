using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>The batch of one optimization step.</summary>
/// <param name="Images">float32 [N, 3, S, S] in [0, 1], augmented and mixed, not yet normalized.</param>
internal sealed record TrainingBatch(Tensor Images, Targets Targets)
{
    public long Count => Images.shape[0];

    /// <summary>Views of the images of one of <paramref name="parts"/> parts, whose sizes differ by one at most.</summary>
    public TrainingBatch Part(int part, int parts)
    {
        long start = Count * part / parts;
        long count = (Count * (part + 1) / parts) - start;
        return new TrainingBatch(Images.narrow(0, start, count), Targets.Part(start, count));
    }
}
