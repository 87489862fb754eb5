using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.GoogLeNets;

/// <summary>A classifier halfway through the network; torchvision's <c>models.googlenet.InceptionAux</c>.</summary>
internal sealed class AuxiliaryHead : LayerGroup
{
    private readonly BasicConv2d _conv;
    private readonly Linear _fc1 = UnsetLayers.Linear(128 * 4 * 4, 1024);
    private readonly SeededDropout _dropout;
    private readonly Linear _fc2;

    public AuxiliaryHead(long inputs, long classes, SeededDropout dropout)
        : base(nameof(AuxiliaryHead))
    {
        _conv = Add("conv", new BasicConv2d(inputs, 128, 1));
        register_module("fc1", _fc1);
        _dropout = Add("dropout", dropout);
        _fc2 = Add("fc2", UnsetLayers.Linear(1024, classes));
    }

    /// <summary>[N, inputs, S, S] to [N, classes].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _conv.call(F.adaptive_avg_pool2d(input, [4, 4])).flatten(1);
        x = F.relu(_fc1.call(x), inplace: true);
        return _fc2.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }
}
