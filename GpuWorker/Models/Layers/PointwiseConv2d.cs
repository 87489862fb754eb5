using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// <c>torch.nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)</c>, computed on CPUs as the matrix product that it is: equal up to rounding.
/// For machines on which libtorch's own ends the process, see <see cref="HiddenCaches"/>.
/// </summary>
internal sealed class PointwiseConv2d : nn.Module<Tensor, Tensor>
{
    private readonly long _stride;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    /// <summary>The weights are zero: a network sets them, or a file.</summary>
    public PointwiseConv2d(long inputs, long outputs, long stride)
        : base(nameof(PointwiseConv2d))
    {
        _stride = stride;
        _weight = RawParameter.Zeros(outputs, inputs, 1, 1);
        register_parameter("weight", _weight);
    }

    /// <summary>[outputs, inputs, 1, 1].</summary>
    public Parameter Weight => _weight;

    /// <summary>[N, inputs, H, W] to [N, outputs, ⌈H/stride⌉, ⌈W/stride⌉].</summary>
    public override Tensor forward(Tensor input)
    {
        if (input.device_type != DeviceType.CPU)
        {
            return F.conv2d(input, Weight, strides: [_stride, _stride]);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = _stride == 1 ? input : input[.., .., TensorIndex.Slice(step: _stride), TensorIndex.Slice(step: _stride)];
        return F.linear(pixels.permute(0, 2, 3, 1), Weight.flatten(1)).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    protected override void RegisterComponents()
    {
    }
}
