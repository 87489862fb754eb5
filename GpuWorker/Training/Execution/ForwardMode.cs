using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>How the forward passes of training are computed: in which precision, and in which order of memory.</summary>
internal sealed class ForwardMode
{
    private readonly Device _device;
    private readonly bool _halfPrecision;
    private readonly bool _channelsLast;

    /// <exception cref="TrainingException">This platform cannot compute so (kind Invalid).</exception>
    public ForwardMode(Hyperparameters settings, Device device)
    {
        _device = device;
        _halfPrecision = settings.Precision == Precision.BFloat16;
        _channelsLast = settings.ChannelsLast ?? ChannelsLastRule.Helps(settings, device);
        if (_halfPrecision && !Autocast.IsSupported)
        {
            throw new TrainingException(FailureKind.Invalid, "precision is bfloat16; workers on Windows have float32 only");
        }
    }

    /// <summary>Brings a network to the device and into the order. To be done before anybody keeps hold of its parameters.</summary>
    public void Prepare(ImageModel model)
    {
        model.to(_device);
        if (_channelsLast)
        {
            ChannelsLast.Apply(model);
        }
    }

    /// <param name="images">Normalised.</param>
    /// <returns>float32 logits.</returns>
    public TrainingLogits Train(ImageModel model, Tensor images)
    {
        Tensor arranged = _channelsLast ? ChannelsLast.Of(images) : images;
        using IDisposable? autocast = _halfPrecision ? new Autocast(_device) : null;
        TrainingLogits logits = model.ForwardTraining(arranged);
        return _halfPrecision
            ? new TrainingLogits(Float(logits.Main), [.. logits.Auxiliary.Select(auxiliary => (Float(auxiliary.Logits), auxiliary.Weight))])
            : logits;
    }

    private static Tensor Float(Tensor logits) => logits.to_type(ScalarType.Float32);
}
