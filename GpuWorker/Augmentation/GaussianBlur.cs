using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>GaussianBlur</c>, for a random share of the images; the image is mirrored at its edges.</summary>
/// <param name="radius">The kernel has 2 × radius + 1 pixels per side; fewer if the image is smaller.</param>
internal sealed class GaussianBlur(double probability, int radius, double minimumSigma, double maximumSigma) : Transform<double>
{
    /// <summary>The standard deviation; 0 leaves the image unchanged.</summary>
    public override double Draw(ref CounterRandom random, int side) =>
        random.NextUnit() < probability ? random.Between(minimumSigma, maximumSigma) : 0;

    public override void Apply(PixelImage image, double draw)
    {
        if (draw == 0)
        {
            return;
        }

        int side = image.Side;
        float[] kernel = KernelOf(draw, side);
        Convolve(image.Pixels, image.Scratch, kernel, side, step: 1);
        Convolve(image.Scratch, image.Pixels, kernel, side, step: side);
    }

    public override Tensor Apply(Tensor images, double[] draws)
    {
        int[] members = Subset.Where(draws, draw => draw > 0);
        return Subset.Change(images, members, chosen =>
        {
            long side = chosen.shape[3];
            float[][] kernels = Array.ConvertAll(members, member => KernelOf(draws[member], (int)side));
            long length = kernels[0].Length;
            Tensor weights = tensor(kernels.SelectMany(kernel => kernel).ToArray(), device: images.device)
                .view(-1, 1, 1, length).repeat_interleave(3, 0);
            long edge = length / 2;
            long planes = chosen.shape[0] * 3;
            Tensor padded = nn.functional.pad(chosen, [edge, edge, edge, edge], PaddingModes.Reflect);
            Tensor rows = nn.functional.conv2d(padded.view(1, planes, side + (2 * edge), side + (2 * edge)), weights, groups: planes);
            return nn.functional.conv2d(rows, weights.transpose(2, 3), groups: planes).view_as(chosen);
        });
    }

    private float[] KernelOf(double sigma, int side)
    {
        int edge = Math.Min(radius, side - 1);
        double[] bell = [.. Enumerable.Range(-edge, (2 * edge) + 1).Select(x => Math.Exp(-0.5 * Math.Pow(x / sigma, 2)))];
        double sum = bell.Sum();
        return Array.ConvertAll(bell, value => (float)(value / sum));
    }

    /// <summary>Blurs along the rows (step 1) or the columns (step S) of three planes.</summary>
    private static void Convolve(ReadOnlySpan<float> source, Span<float> target, float[] kernel, int side, int step)
    {
        int edge = kernel.Length / 2;
        for (int i = 0; i < source.Length; i++)
        {
            int place = i / step % side;
            int line = i - (place * step);
            float sum = 0;
            for (int k = -edge; k <= edge; k++)
            {
                // Mirrored at the center of the outermost pixel.
                int from = Math.Abs(place + k);
                from = from < side ? from : (2 * (side - 1)) - from;
                sum += kernel[k + edge] * source[line + (from * step)];
            }

            target[i] = sum;
        }
    }
}
