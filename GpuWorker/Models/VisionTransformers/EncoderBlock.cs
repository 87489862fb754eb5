using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.VisionTransformers;

/// <summary>Attention and a perceptron, each normalized before and with a shortcut; torchvision's <c>models.vision_transformer.EncoderBlock</c>.</summary>
internal sealed class EncoderBlock : LayerGroup
{
    private readonly LayerNorm _norm1;
    private readonly SelfAttention _attention;
    private readonly LayerNorm _norm2;
    private readonly Sequential _mlp;

    public EncoderBlock(long width, long heads, long hidden)
        : base(nameof(EncoderBlock))
    {
        _norm1 = Add("ln_1", nn.LayerNorm(width, eps: 1e-6));
        _attention = Add("self_attention", new SelfAttention(width, heads));
        _norm2 = Add("ln_2", nn.LayerNorm(width, eps: 1e-6));
        _mlp = Add("mlp", Mlp.Create(width, hidden));
    }

    public void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        _attention.Initialize(generator);
        foreach (Linear linear in _mlp.modules().OfType<Linear>())
        {
            TransformerInitialization.XavierUniform(linear.weight, generator);
            linear.bias!.normal_(0, 1e-6, generator);
        }
    }

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _attention.call(_norm1.call(input)).add_(input);
        return _mlp.call(_norm2.call(x)).add_(x).MoveToOuterDisposeScope();
    }
}
