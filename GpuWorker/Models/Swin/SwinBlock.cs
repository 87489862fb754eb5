using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>
/// Attention within windows and a perceptron, each normalized before, with stochastic depth and a shortcut; torchvision's
/// <c>models.swin_transformer.SwinTransformerBlock</c>.
/// </summary>
internal sealed class SwinBlock : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "norm1")]
    private readonly LayerNorm _norm1;

    [ComponentName(Name = "attn")]
    private readonly ShiftedWindowAttention _attention;

    [ComponentName(Name = "stochastic_depth")]
    private readonly StochasticDepth _depth1;

    [ComponentName(Name = "norm2")]
    private readonly LayerNorm _norm2;

    [ComponentName(Name = "mlp")]
    private readonly Sequential _mlp;

    // The second branch has its own draws; torchvision calls one layer twice.
    [ComponentName(Name = "stochastic_depth2")]
    private readonly StochasticDepth _depth2;

    /// <param name="leaveOut">The probability that an image takes only the shortcut in training, for each branch.</param>
    public SwinBlock(long width, long heads, bool isShifted, double leaveOut, StepRandomness randomness)
        : base(nameof(SwinBlock))
    {
        _norm1 = nn.LayerNorm(width);
        _attention = new ShiftedWindowAttention(width, heads, isShifted);
        _depth1 = new StochasticDepth(leaveOut, randomness);
        _norm2 = nn.LayerNorm(width);
        _mlp = Mlp.Create(width, 4 * width);
        _depth2 = new StochasticDepth(leaveOut, randomness);
        RegisterComponents();
    }

    /// <summary>[N, S, S, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _depth1.call(_attention.call(_norm1.call(input))).add_(input);
        return _depth2.call(_mlp.call(_norm2.call(x))).add_(x).MoveToOuterDisposeScope();
    }
}
