using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Attention of a sequence to itself; timm's <c>models.vision_transformer.Attention</c>.</summary>
internal sealed class DeitAttention : LayerGroup, ICountedLayer
{
    private readonly long _heads;
    private readonly Linear _qkv;
    private readonly Linear _projection;

    public DeitAttention(long width, long heads)
        : base(nameof(DeitAttention))
    {
        _heads = heads;
        _qkv = Add("qkv", nn.Linear(width, 3 * width));
        _projection = Add("proj", nn.Linear(width, width));
    }

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _projection.call(MultiHead.Attend(_qkv.call(input), _heads)).MoveToOuterDisposeScope();
    }

    public long OwnMultiplyAdds(Tensor output) => MultiHead.MultiplyAdds(output.shape[0], output.shape[1], output.shape[2]);
}
