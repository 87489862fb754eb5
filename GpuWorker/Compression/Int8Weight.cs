using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>A weight in 8 bits: symmetric, with one scale per output channel; the value is <c>Values × Scales</c>.</summary>
/// <param name="Values">int8, of the weight's shape, from -127 to 127.</param>
/// <param name="Scales">float32 [outputs].</param>
internal sealed record Int8Weight(Tensor Values, Tensor Scales)
{
    private const int Largest = 127;

    /// <summary>Rounds to nearest; the largest magnitude of each channel becomes 127.</summary>
    /// <param name="weight">float32 [outputs, …].</param>
    public static Int8Weight Of(Tensor weight)
    {
        using Scalar largest = Largest;
        using Scalar least = -Largest;
        using Scalar one = 1;
        Tensor rows = weight.detach().flatten(1);
        Tensor scales = rows.abs().amax([1]).div(largest);

        // A channel of zeros has scale 0, which must not be a divisor.
        Tensor divisors = scales.masked_fill(scales.eq(0), one).unsqueeze(1);
        Tensor values = rows.div(divisors).round().clamp(least, largest).to_type(ScalarType.Int8);
        return new Int8Weight(values.view(weight.shape), scales);
    }

    /// <returns>float32, of the weight's shape.</returns>
    public Tensor ToFloat() => Values.to_type(ScalarType.Float32).flatten(1).mul(Scales.unsqueeze(1)).view(Values.shape);
}
