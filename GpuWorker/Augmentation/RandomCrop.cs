using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>The position of the crop in the padded image.</summary>
/// <param name="Top">Rows skipped at the top, from 0 to twice the padding.</param>
/// <param name="Left">Columns skipped on the left.</param>
internal readonly record struct CropDraw(int Top, int Left);

/// <summary>torchvision's <c>RandomCrop(S, padding)</c> with black padding.</summary>
/// <param name="padding">Pixels added on each side.</param>
internal sealed class RandomCrop(int padding) : Transform<CropDraw>
{
    public override CropDraw Draw(ref CounterRandom random, int side)
    {
        int top = random.Below((2 * padding) + 1);
        int left = random.Below((2 * padding) + 1);
        return new CropDraw(top, left);
    }

    public override void Apply(PixelImage image, CropDraw draw)
    {
        (int down, int right) = (draw.Top - padding, draw.Left - padding);
        if (down == 0 && right == 0)
        {
            return;
        }

        int side = image.Side;
        int width = Math.Max(0, side - Math.Abs(right));
        int from = Math.Max(0, right);
        int to = Math.Max(0, -right);
        ReadOnlySpan<float> source = image.Copy();
        image.Pixels.Clear();
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = Math.Max(0, -down); y < Math.Min(side, side - down); y++)
            {
                int row = ((channel * side) + y + down) * side;
                source.Slice(row + Math.Min(from, side - width), width).CopyTo(image.Plane(channel).Slice((y * side) + Math.Min(to, side - width), width));
            }
        }
    }

    public override Tensor Apply(Tensor images, CropDraw[] draws)
    {
        int side = (int)images.shape[3];
        Tensor padded = nn.functional.pad(images, [padding, padding, padding, padding]);
        Tensor rows = Indices(draws, side, draw => draw.Top, images.device).view(-1, 1, side, 1);
        Tensor columns = Indices(draws, side, draw => draw.Left, images.device).view(-1, 1, 1, side);
        return padded
            .gather(2, rows.expand(draws.Length, 3, side, padded.shape[3]))
            .gather(3, columns.expand(draws.Length, 3, side, side));
    }

    private static Tensor Indices(CropDraw[] draws, int side, Func<CropDraw, int> firstOf, Device device)
    {
        long[] indices = new long[draws.Length * side];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = firstOf(draws[i / side]) + (i % side);
        }

        return tensor(indices, device: device);
    }
}
