using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.VisionTransformers;

/// <summary>Position embedding, blocks and a final normalization; torchvision's <c>models.vision_transformer.Encoder</c>.</summary>
internal sealed class Encoder : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "pos_embedding")]
    private readonly Parameter _positions;

    [ComponentName(Name = "layers")]
    private readonly Sequential _layers;

    [ComponentName(Name = "ln")]
    private readonly LayerNorm _norm;

    public Encoder(long length, int layers, long width, long heads, long hidden)
        : base(nameof(Encoder))
    {
        _positions = RawParameter.Zeros(1, length, width);
        _layers = nn.Sequential(Enumerable.Range(0, layers)
            .Select(i => ($"encoder_layer_{i}", (nn.Module<Tensor, Tensor>)new EncoderBlock(width, heads, hidden))));
        _norm = nn.LayerNorm(width, eps: 1e-6);
        RegisterComponents();
    }

    public void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        _positions.normal_(0, 0.02, generator);
        foreach (EncoderBlock block in _layers.modules().OfType<EncoderBlock>())
        {
            block.Initialize(generator);
        }
    }

    /// <summary>Maps [N, length, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _norm.call(_layers.call(input + _positions)).MoveToOuterDisposeScope();
    }
}
