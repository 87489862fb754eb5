using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>adjust_sharpness</c>: blends with a softened image by a factor. The outermost pixels stay unchanged.</summary>
internal sealed class Sharpness : IOperation
{
    private const float Neighbour = 1f / 13;
    private const float Middle = 5f / 13;

    public void Apply(PixelImage image, float amount)
    {
        int side = image.Side;
        ReadOnlySpan<float> source = image.Copy();
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = 1; y < side - 1; y++)
            {
                int row = ((channel * side) + y) * side;
                ReadOnlySpan<float> above = source.Slice(row - side, side);
                ReadOnlySpan<float> here = source.Slice(row, side);
                ReadOnlySpan<float> below = source.Slice(row + side, side);
                Span<float> target = image.Pixels.Slice(row, side);
                for (int x = 1; x < side - 1; x++)
                {
                    float neighbours = above[x - 1] + above[x] + above[x + 1] + here[x - 1] + here[x + 1] + below[x - 1] + below[x] + below[x + 1];
                    float soft = (neighbours * Neighbour) + (here[x] * Middle);
                    target[x] = Math.Clamp((here[x] * amount) + (soft * (1 - amount)), 0, 1);
                }
            }
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts)
    {
        const float N = Neighbour;
        Tensor kernel = tensor(new float[] { N, N, N, N, Middle, N, N, N, N }, device: images.device).view(1, 1, 3, 3).expand(3, 1, 3, 3);
        long inner = images.shape[3] - 2;
        Tensor softened = images.clone();
        softened.narrow(2, 1, inner).narrow(3, 1, inner).copy_(nn.functional.conv2d(images, kernel, groups: 3));
        return Blending.Blend(images, softened, amounts);
    }
}
