using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Attention and a perceptron, each normalized before and with a shortcut; timm's <c>models.vision_transformer.Block</c>.</summary>
internal sealed class DeitBlock : LayerGroup
{
    private readonly LayerNorm _norm1;
    private readonly DeitAttention _attention;
    private readonly LayerNorm _norm2;
    private readonly TimmMlp _mlp;

    public DeitBlock(long width, long heads)
        : base(nameof(DeitBlock))
    {
        _norm1 = Add("norm1", nn.LayerNorm(width, eps: 1e-6));
        _attention = Add("attn", new DeitAttention(width, heads));
        _norm2 = Add("norm2", nn.LayerNorm(width, eps: 1e-6));
        _mlp = Add("mlp", new TimmMlp(width, 4 * width));
    }

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _attention.call(_norm1.call(input)).add_(input);
        return _mlp.call(_norm2.call(x)).add_(x).MoveToOuterDisposeScope();
    }
}
