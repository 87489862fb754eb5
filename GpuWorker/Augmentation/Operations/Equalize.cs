using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>
/// torchvision's <c>equalize</c>: spreads the levels of each channel so that all are about equally frequent. A channel with too few pixels
/// below its brightest level stays unchanged. Takes no amount.
/// </summary>
internal sealed class Equalize : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        Span<int> table = stackalloc int[Levels.Count];
        for (int channel = 0; channel < 3; channel++)
        {
            Span<float> plane = image.Plane(channel);
            table.Clear();
            int brightest = 0;
            foreach (float value in plane)
            {
                int level = Levels.Of(value);
                brightest = Math.Max(brightest, level);
                table[level]++;
            }

            int step = (plane.Length - table[brightest]) / (Levels.Count - 1);
            if (step > 0)
            {
                FillTable(table, step);
            }

            for (int i = 0; i < plane.Length; i++)
            {
                int level = Levels.Of(plane[i]);
                plane[i] = (step > 0 ? table[level] : level) / Levels.Brightest;
            }
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts)
    {
        Tensor levels = Levels.Of(images).flatten(2);
        Tensor counts = zeros([levels.shape[0], 3, Levels.Count], ScalarType.Int64, images.device)
            .scatter_add_(2, levels, ones_like(levels));
        Tensor ofBrightest = counts.gather(2, levels.amax([2], keepdim: true));
        Tensor step = (levels.shape[2] - ofBrightest).div(Levels.Count - 1, RoundingMode.floor);
        Tensor divisor = step.clamp(min: 1);
        Tensor before = counts.cumsum(2) - counts;
        Tensor table = (before + divisor.div(2, RoundingMode.floor)).div(divisor, RoundingMode.floor).clamp(0, Levels.Count - 1);
        return Levels.ToUnit(where(step > 0, table.gather(2, levels), levels)).view_as(images);
    }

    /// <summary>Replaces the number of pixels per level by the new level.</summary>
    private static void FillTable(Span<int> table, int step)
    {
        int before = 0;
        for (int level = 0; level < table.Length; level++)
        {
            int count = table[level];
            table[level] = Math.Min((before + (step / 2)) / step, Levels.Count - 1);
            before += count;
        }
    }
}
