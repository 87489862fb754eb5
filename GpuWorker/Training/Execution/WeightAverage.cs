using Experiments.GpuWorker.Models.Base;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>
/// The exponential moving average of a network's weights and buffers, in a separate network: after every step, decay × average +
/// (1 - decay) × weights. It starts as the weights after the first step, as in torchvision's reference training
/// (<c>ExponentialMovingAverage</c> on <c>torch.optim.swa_utils.AveragedModel</c> with <c>use_buffers=True</c>).
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly Dictionary<string, (Tensor Average, Tensor Current)> _pairs;
    private readonly float _share;
    private readonly Tensor _shareTensor;

    /// <param name="average">A network of the same architecture as <paramref name="current"/>; owned by this object.</param>
    /// <param name="decay">Above 0, below 1.</param>
    public WeightAverage(ImageModel average, ImageModel current, double decay, Device device)
    {
        Model = average;
        _share = (float)(1 - decay);
        _shareTensor = tensor(_share, device: device).DetachFromDisposeScope();
        Dictionary<string, Tensor> source = current.state_dict();
        _pairs = average.state_dict().ToDictionary(pair => pair.Key, pair => (pair.Value, source[pair.Key]));
        Update(first: true, done: new HashSet<string>());
    }

    public ImageModel Model { get; }

    /// <summary>The average of the parameter or buffer of that name; owned by this object.</summary>
    public Tensor? Of(string name) => _pairs.TryGetValue(name, out (Tensor Average, Tensor Current) pair) ? pair.Average : null;

    /// <summary>The share of the weights after a step in their average.</summary>
    /// <param name="first">True for the first step, whose weights become the average.</param>
    public float ShareOf(bool first) => first ? 1 : _share;

    /// <summary>Adds the weights after a step to the average.</summary>
    /// <param name="first">True to copy them.</param>
    /// <param name="done">The names of those that are already updated.</param>
    public void Update(bool first, IReadOnlySet<string> done)
    {
        using IDisposable unrecorded = no_grad();
        foreach ((string name, (Tensor average, Tensor current)) in _pairs)
        {
            if (done.Contains(name))
            {
                continue;
            }

            if (first || !average.is_floating_point())
            {
                average.copy_(current);
            }
            else
            {
                average.lerp_(current, _shareTensor);
            }
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        _shareTensor.Dispose();
    }
}
