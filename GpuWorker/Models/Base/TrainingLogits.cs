using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>The outputs of a network in training.</summary>
/// <param name="Main">[N, classes].</param>
/// <param name="Auxiliary">Further outputs of the same shape, whose losses are added with their weights; usually none.</param>
public sealed record TrainingLogits(Tensor Main, IReadOnlyList<(Tensor Logits, double Weight)> Auxiliary);
