using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Distillation;

/// <summary>The trained network from which a student learns by distillation. Owns the stored model.</summary>
internal sealed class Teacher(StoredModel stored, Device device) : IDisposable
{
    private readonly ImageNormalizer _normalizer = new(stored.Description.Statistics, device);

    /// <summary>Computes its logits for the student's images, after scaling them to its own image size and normalizing them with its own statistics.</summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; not changed.</param>
    /// <returns>float32 [N, classes].</returns>
    public Tensor Logits(Tensor images)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long side = stored.Description.ImageSize;
        Tensor seen = images.shape[^1] == side
            ? images.clone()
            : nn.functional.interpolate(images, [side, side], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
        return stored.Model.forward(_normalizer.Normalize(seen)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _normalizer.Dispose();
        stored.Dispose();
    }
}
