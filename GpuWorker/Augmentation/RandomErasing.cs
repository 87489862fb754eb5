using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomErasing(value=0)</c>.</summary>
internal sealed class RandomErasing(
    double probability, double minimumArea, double maximumArea, double minimumRatio, double maximumRatio) : Transform<Rectangle>
{
    private const int Tries = 10;

    /// <summary>An empty rectangle if nothing is erased: by chance, or because no fitting one was found.</summary>
    public override Rectangle Draw(ref CounterRandom random, int side)
    {
        for (int i = random.NextUnit() < probability ? 0 : Tries; i < Tries; i++)
        {
            double area = random.Between(minimumArea, maximumArea) * side * side;
            double ratio = Math.Exp(random.Between(Math.Log(minimumRatio), Math.Log(maximumRatio)));
            int height = (int)Math.Round(Math.Sqrt(area * ratio));
            int width = (int)Math.Round(Math.Sqrt(area / ratio));
            if (height < side && width < side)
            {
                int top = random.Below(side - height + 1);
                return new Rectangle(top, random.Below(side - width + 1), height, width);
            }
        }

        return default;
    }

    public override void Apply(PixelImage image, Rectangle draw)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = draw.Top; y < draw.Top + draw.Height; y++)
            {
                image.Plane(channel).Slice((y * image.Side) + draw.Left, draw.Width).Clear();
            }
        }
    }

    public override Tensor Apply(Tensor images, Rectangle[] draws)
    {
        Tensor places = arange(images.shape[3], device: images.device);
        Tensor rows = Between(places, draws, draw => draw.Top, draw => draw.Height).view(-1, 1, places.shape[0], 1);
        Tensor columns = Between(places, draws, draw => draw.Left, draw => draw.Width).view(-1, 1, 1, places.shape[0]);
        return images.masked_fill(rows & columns, 0);
    }

    private static Tensor Between(Tensor places, Rectangle[] draws, Func<Rectangle, long> startOf, Func<Rectangle, long> lengthOf)
    {
        Tensor starts = tensor(draws.Select(startOf).ToArray(), device: places.device).view(-1, 1);
        Tensor lengths = tensor(draws.Select(lengthOf).ToArray(), device: places.device).view(-1, 1);
        return (places >= starts) & (places < starts + lengths);
    }
}
