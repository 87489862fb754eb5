using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Models.Base;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>The network that a run trains: its weights, their moving average, and how its forward passes are computed. Owns all of them.</summary>
/// <param name="model">Prepared by <paramref name="mode"/>.</param>
/// <param name="average">Null when the run keeps no moving average.</param>
/// <param name="statistics">The statistics that images are normalized with.</param>
internal sealed class TrainingNetwork(ImageModel model, WeightAverage? average, ForwardMode mode, ChannelStatistics statistics, Device device) : IDisposable
{
    public ImageModel Model => model;

    public WeightAverage? Average => average;

    /// <summary>The model that is evaluated and saved: the average if there is one.</summary>
    public ImageModel Result => average?.Model ?? model;

    public Device Device => device;

    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; } = [.. model.named_parameters()];

    public ImageNormalizer Normalizer { get; } = new(statistics, device);

    /// <summary>A forward pass of training.</summary>
    /// <param name="images">float32 [N, 3, S, S], normalized.</param>
    public TrainingLogits Train(Tensor images) => mode.Train(model, images);

    public void Dispose()
    {
        Normalizer.Dispose();
        average?.Dispose();
        model.Dispose();
    }
}
