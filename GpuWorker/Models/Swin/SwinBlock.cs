using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>
/// Attention within windows and a perceptron, each normalized before, with stochastic depth and a shortcut; torchvision's
/// <c>models.swin_transformer.SwinTransformerBlock</c>.
/// </summary>
internal sealed class SwinBlock : LayerGroup
{
    private readonly LayerNorm _norm1;
    private readonly ShiftedWindowAttention _attention;
    private readonly StochasticDepth _depth1;
    private readonly LayerNorm _norm2;
    private readonly Sequential _mlp;

    // The second branch has its own draws; torchvision calls one layer twice.
    private readonly StochasticDepth _depth2;

    /// <param name="leaveOut">The probability that an image takes only the shortcut in training, for each branch.</param>
    public SwinBlock(long width, long heads, bool isShifted, double leaveOut, StepRandomness randomness)
        : base(nameof(SwinBlock))
    {
        _norm1 = Add("norm1", nn.LayerNorm(width));
        _attention = Add("attn", new ShiftedWindowAttention(width, heads, isShifted));
        _depth1 = Add("stochastic_depth", new StochasticDepth(leaveOut, randomness));
        _norm2 = Add("norm2", nn.LayerNorm(width));
        _mlp = Add("mlp", Mlp.Create(width, 4 * width));
        _depth2 = Add("stochastic_depth2", new StochasticDepth(leaveOut, randomness));
    }

    /// <summary>[N, S, S, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _depth1.call(_attention.call(_norm1.call(input))).add_(input);
        return _depth2.call(_mlp.call(_norm2.call(x))).add_(x).MoveToOuterDisposeScope();
    }
}
