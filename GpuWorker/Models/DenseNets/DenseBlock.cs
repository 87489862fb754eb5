using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.DenseNets;

/// <summary>Layers that each take the outputs of all layers before; torchvision's <c>models.densenet._DenseBlock</c>.</summary>
internal sealed class DenseBlock : LayerGroup
{
    private readonly DenseLayer[] _layers;

    /// <param name="growth">Channels that each layer adds.</param>
    public DenseBlock(long inputs, int depth, long growth)
        : base(nameof(DenseBlock))
    {
        _layers = [.. Enumerable.Range(0, depth).Select(i => new DenseLayer(inputs + (i * growth), growth))];
        for (int i = 0; i < depth; i++)
        {
            register_module($"denselayer{i + 1}", _layers[i]);
        }
    }

    /// <summary>[N, inputs, S, S] to [N, inputs + depth·growth, S, S].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = input;
        foreach (DenseLayer layer in _layers)
        {
            x = cat([x, layer.call(x)], 1);
        }

        return x.MoveToOuterDisposeScope();
    }
}
