using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.VisionTransformers;

/// <summary>Attention and a perceptron, each normalized before and with a shortcut; torchvision's <c>models.vision_transformer.EncoderBlock</c>.</summary>
internal sealed class EncoderBlock : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "ln_1")]
    private readonly LayerNorm _norm1;

    [ComponentName(Name = "self_attention")]
    private readonly SelfAttention _attention;

    [ComponentName(Name = "ln_2")]
    private readonly LayerNorm _norm2;

    [ComponentName(Name = "mlp")]
    private readonly Sequential _mlp;

    public EncoderBlock(long width, long heads, long hidden)
        : base(nameof(EncoderBlock))
    {
        _norm1 = nn.LayerNorm(width, eps: 1e-6);
        _attention = new SelfAttention(width, heads);
        _norm2 = nn.LayerNorm(width, eps: 1e-6);
        _mlp = Mlp.Create(width, hidden);
        RegisterComponents();
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
