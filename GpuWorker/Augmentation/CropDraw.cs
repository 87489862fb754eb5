using Experiments.GpuWorker.Training.Randomness;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Where an image is cut out of its padded self, and whether it is mirrored then.</summary>
/// <param name="Top">Rows left out above, from 0 to twice the padding.</param>
/// <param name="Left">Columns left out on the left.</param>
internal readonly record struct CropDraw(int Top, int Left, bool Flip)
{
    public static CropDraw Draw(ref CounterRandom random, int padding)
    {
        int top = random.Below((2 * padding) + 1);
        int left = random.Below((2 * padding) + 1);
        return new CropDraw(top, left, DrawFlip(ref random));
    }

    public static bool DrawFlip(ref CounterRandom random) => random.NextUnit() < 0.5;
}
