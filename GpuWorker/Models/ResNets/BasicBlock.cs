using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>Two 3×3 convolutions around a shortcut; torchvision's <c>models.resnet.BasicBlock</c>.</summary>
internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Sequential? _downsample;

    public BasicBlock(long inputs, long outputs, long stride)
        : base(nameof(BasicBlock))
    {
        _conv1 = nn.Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        _bn1 = nn.BatchNorm2d(outputs);
        _conv2 = nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        _bn2 = nn.BatchNorm2d(outputs);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("conv2", _conv2);
        register_module("bn2", _bn2);
        if (stride != 1 || inputs != outputs)
        {
            _downsample = nn.Sequential(
                ("0", nn.Conv2d(inputs, outputs, 1, stride: stride, bias: false)),
                ("1", nn.BatchNorm2d(outputs)));
            register_module("downsample", _downsample);
        }
    }

    /// <summary>[N, inputs, S, S] to [N, outputs, S/stride, S/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.relu(_bn1.forward(_conv1.forward(input)), inplace: true);
        x = _bn2.forward(_conv2.forward(x));
        Tensor shortcut = _downsample is null ? input : _downsample.forward(input);
        return F.relu(x.add_(shortcut), inplace: true).MoveToOuterDisposeScope();
    }
}
