using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>Conversion between values in [0, 1] and the levels from 0 to 255 that some operations work on.</summary>
internal static class Levels
{
    public const int Count = 256;
    public const float Brightest = 255;

    /// <summary>The nearest level.</summary>
    public static int Of(float value) => (int)MathF.Round(value * Brightest);

    /// <summary>The nearest levels, int64.</summary>
    public static Tensor Of(Tensor images) => (images * Brightest).round_().to_type(ScalarType.Int64);

    /// <summary>Levels as numbers in [0, 1], float32.</summary>
    public static Tensor ToUnit(Tensor levels) => levels.to_type(ScalarType.Float32).div_(Brightest);
}
