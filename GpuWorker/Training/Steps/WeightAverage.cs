using Experiments.GpuWorker.Models;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>
/// The exponential moving average of a network's weights and buffers, in a network of its own: after every step, decay × average +
/// (1 - decay) × weights. The first step's weights are its beginning. torchvision's reference training does so
/// (<c>ExponentialMovingAverage</c> on <c>torch.optim.swa_utils.AveragedModel</c> with <c>use_buffers=True</c>).
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly (Tensor Average, Tensor Current)[] _pairs;
    private readonly Tensor _share;

    /// <param name="average">Of the same architecture as <paramref name="current"/>; becomes this object's own.</param>
    /// <param name="decay">Above 0, below 1.</param>
    public WeightAverage(ImageModel average, ImageModel current, double decay, Device device)
    {
        Model = average;
        _share = tensor((float)(1 - decay), device: device).DetachFromDisposeScope();
        Dictionary<string, Tensor> source = current.state_dict();
        _pairs = [.. average.state_dict().Select(pair => (pair.Value, source[pair.Key]))];
        Update(first: true);
    }

    public ImageModel Model { get; }

    /// <param name="first">Takes the weights as they are.</param>
    public void Update(bool first)
    {
        using IDisposable unrecorded = no_grad();
        foreach ((Tensor average, Tensor current) in _pairs)
        {
            if (first || !average.is_floating_point())
            {
                average.copy_(current);
            }
            else
            {
                average.lerp_(current, _share);
            }
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        _share.Dispose();
    }
}
