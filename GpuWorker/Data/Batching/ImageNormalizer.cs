using Experiments.GpuWorker.Data.Decoding;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Batching;

/// <summary>Converts pixels to the input of models: values in [0, 1], minus the mean, divided by the standard deviation of each channel.</summary>
internal sealed class ImageNormalizer : IDisposable
{
    private static readonly Scalar Brightest = 255;

    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    public ImageNormalizer(ChannelStatistics statistics, Device device)
    {
        _mean = OnDevice(statistics.Mean, device);
        _deviation = OnDevice(statistics.Deviation, device);
    }

    /// <param name="pixels">uint8 [N, 3, S, S] from 0 to 255.</param>
    /// <returns>float32 [N, 3, S, S] in [0, 1].</returns>
    public static Tensor ToUnit(Tensor pixels) => pixels.to_type(ScalarType.Float32).div_(Brightest);

    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; overwritten.</param>
    public Tensor Normalize(Tensor images) => images.sub_(_mean).div_(_deviation);

    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
    }

    private static Tensor OnDevice(IReadOnlyList<double> values, Device device) =>
        tensor(values.Select(value => (float)value).ToArray(), device: device).view(1, 3, 1, 1).DetachFromDisposeScope();
}
