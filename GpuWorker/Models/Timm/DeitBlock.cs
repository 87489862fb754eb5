using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Attention and a perceptron, each normalized before and with a shortcut; timm's <c>models.vision_transformer.Block</c>.</summary>
internal sealed class DeitBlock : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "norm1")]
    private readonly LayerNorm _norm1;

    [ComponentName(Name = "attn")]
    private readonly DeitAttention _attention;

    [ComponentName(Name = "norm2")]
    private readonly LayerNorm _norm2;

    [ComponentName(Name = "mlp")]
    private readonly TimmMlp _mlp;

    public DeitBlock(long width, long heads)
        : base(nameof(DeitBlock))
    {
        _norm1 = nn.LayerNorm(width, eps: 1e-6);
        _attention = new DeitAttention(width, heads);
        _norm2 = nn.LayerNorm(width, eps: 1e-6);
        _mlp = new TimmMlp(width, 4 * width);
        RegisterComponents();
    }

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _attention.call(_norm1.call(input)).add_(input);
        return _mlp.call(_norm2.call(x)).add_(x).MoveToOuterDisposeScope();
    }
}
