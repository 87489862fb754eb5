using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

/// <summary>Applies one draw to every image of a batch, in the form for a CPU's pixels and in that of tensor operations.</summary>
internal static class BothForms
{
    public static Tensor[] Of<TDraw>(Transform<TDraw> transform, TDraw draw, Tensor images)
        where TDraw : struct =>
        Of(images, image => transform.Apply(image, draw), batch => transform.Apply(batch, [.. Enumerable.Repeat(draw, (int)batch.shape[0])]));

    public static Tensor[] Of(IOperation operation, double amount, Tensor images) =>
        Of(images, image => operation.Apply(image, (float)amount), batch => operation.Apply(batch, full([batch.shape[0], 1, 1, 1], (float)amount)));

    public delegate void PixelChange(PixelImage image);

    public static Tensor[] Of(Tensor images, PixelChange pixels, Func<Tensor, Tensor> tensors)
    {
        Tensor changed = images.clone();
        PixelLoop.ForEach(changed, (_, image) => pixels(image));
        return [changed, tensors(images.clone())];
    }
}
