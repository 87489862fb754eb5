using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>An inverted residual with squeeze-excitation and stochastic depth; torchvision's <c>models.efficientnet.MBConv</c>.</summary>
internal sealed class MBConv : LayerGroup
{
    private readonly Sequential _block;
    private readonly StochasticDepth _depth;
    private readonly bool _hasShortcut;

    /// <param name="leaveOut">The probability that an image takes only the shortcut in training.</param>
    public MBConv(long inputs, long outputs, long kernel, long stride, long expansion, double leaveOut, StepRandomness randomness)
        : base(nameof(MBConv))
    {
        long hidden = inputs * expansion;
        List<nn.Module<Tensor, Tensor>> layers = expansion == 1 ? [] : [ConvNorm.Create(inputs, hidden, 1, activation: nn.SiLU())];
        layers.Add(ConvNorm.Create(hidden, hidden, kernel, stride, groups: hidden, nn.SiLU()));
        layers.Add(new SqueezeExcitation(hidden, Math.Max(1, inputs / 4)));
        layers.Add(ConvNorm.Create(hidden, outputs, 1));
        _block = Add("block", nn.Sequential(layers));
        _depth = Add("stochastic_depth", new StochasticDepth(leaveOut, randomness));
        _hasShortcut = stride == 1 && inputs == outputs;
    }

    /// <summary>[N, inputs, S, S] to [N, outputs, S/stride, S/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _block.call(input);
        return (_hasShortcut ? _depth.call(x).add_(input) : x).MoveToOuterDisposeScope();
    }
}
