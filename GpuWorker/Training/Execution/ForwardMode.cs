using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>How the forward passes of training are computed: precision and memory order.</summary>
internal sealed class ForwardMode
{
    private readonly Device _device;
    private readonly bool _halfPrecision;
    private readonly bool? _channelsLast;

    /// <exception cref="TrainingException">The platform does not support the precision (kind Invalid).</exception>
    public ForwardMode(Hyperparameters settings, Device device)
    {
        _device = device;
        _halfPrecision = settings.Precision switch
        {
            Precision.Float32 => false,
            Precision.BFloat16 => true,
            _ => throw new TrainingException(FailureKind.Invalid, "precision is auto, which the launch of a sweep replaces with float32 or bfloat16"),
        };
        _channelsLast = settings.ChannelsLast;
        if (_halfPrecision && !Autocast.IsSupported)
        {
            throw new TrainingException(FailureKind.Invalid, "precision is bfloat16; workers on Windows have float32 only");
        }
    }

    /// <summary>Moves a network to the device and reorders its memory. Must be called before its parameters are referenced elsewhere.</summary>
    public void Prepare(ImageModel model)
    {
        model.to(_device);
        if (IsChannelsLast(model))
        {
            ChannelsLast.Apply(model);
        }
    }

    /// <param name="images">float32 [N, 3, S, S], normalized.</param>
    /// <returns>float32 logits.</returns>
    public TrainingLogits Train(ImageModel model, Tensor images)
    {
        Tensor arranged = IsChannelsLast(model) ? ChannelsLast.Of(images) : images;
        using IDisposable? autocast = _halfPrecision ? new Autocast(_device) : null;
        TrainingLogits logits = model.ForwardTraining(arranged);
        return _halfPrecision
            ? new TrainingLogits(Float(logits.Main), [.. logits.Auxiliary.Select(auxiliary => (Float(auxiliary.Logits), auxiliary.Weight))])
            : logits;
    }

    private bool IsChannelsLast(ImageModel model) => _channelsLast ?? (_device.type == DeviceType.CPU && model.PrefersChannelsLast);

    private static Tensor Float(Tensor logits) => logits.to_type(ScalarType.Float32);
}
