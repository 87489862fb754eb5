using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Attention and a perceptron, each normalized before, scaled per channel and with a shortcut; timm's <c>models.beit.Block</c>.</summary>
internal sealed class BeitBlock : nn.Module<Tensor, Tensor>
{
    private const double InitialScale = 0.1;

    [ComponentName(Name = "gamma_1")]
    private readonly Parameter _scale1;

    [ComponentName(Name = "gamma_2")]
    private readonly Parameter _scale2;

    [ComponentName(Name = "norm1")]
    private readonly LayerNorm _norm1;

    [ComponentName(Name = "attn")]
    private readonly BeitAttention _attention;

    [ComponentName(Name = "norm2")]
    private readonly LayerNorm _norm2;

    [ComponentName(Name = "mlp")]
    private readonly TimmMlp _mlp;

    public BeitBlock(long width, long heads, int side)
        : base(nameof(BeitBlock))
    {
        _scale1 = RawParameter.Filled(InitialScale, width);
        _scale2 = RawParameter.Filled(InitialScale, width);
        _norm1 = nn.LayerNorm(width, eps: 1e-6);
        _attention = new BeitAttention(width, heads, side);
        _norm2 = nn.LayerNorm(width, eps: 1e-6);
        _mlp = new TimmMlp(width, 4 * width);
        RegisterComponents();
    }

    /// <param name="number">The number of the block, from 1: later blocks start with smaller weights.</param>
    public void Initialize(int number, double deviation, Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        foreach (Linear linear in modules().OfType<Linear>())
        {
            TransformerInitialization.TruncatedNormal(linear.weight, deviation, generator);
            linear.bias?.zero_();
        }

        foreach (Linear last in (Linear[])[_attention.Last, _mlp.Last])
        {
            last.weight.div_(Math.Sqrt(2.0 * number));
        }
    }

    /// <summary>[N, 1 + side², width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = (_attention.call(_norm1.call(input)) * _scale1).add_(input);
        return (_mlp.call(_norm2.call(x)) * _scale2).add_(x).MoveToOuterDisposeScope();
    }
}
