using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.VisionTransformers;

/// <summary>
/// ViT-B/16 (Dosovitskiy et al., 2021) exactly as torchvision's <c>models.vit_b_16</c>: layers, names and initial weights. For small input,
/// patches of 4 pixels. Images are resized to a whole number of patches.
/// </summary>
public sealed class ViTB16 : ImageModel
{
    private const long Width = 768;
    private const int Layers = 12;

    private readonly Patches _patches;
    private readonly Conv2d _projection;
    private readonly Encoder _encoder;
    private readonly SeededDropout _dropout;
    private readonly Linear _head;
    private readonly Sequential _heads;

    [ComponentName(Name = "class_token")]
    private readonly Parameter _classToken = RawParameter.Zeros(1, 1, Width);

    [Model("vit_b_16")]
    public ViTB16(ModelShape shape)
        : base("vit_b_16")
    {
        _patches = Patches.Of(shape);
        _projection = Add("conv_proj", nn.Conv2d(3, Width, _patches.Size, stride: _patches.Size));
        _encoder = Add("encoder", new Encoder(_patches.Count + 1, Layers, Width, heads: 12, hidden: 3072));
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _head = nn.Linear(Width, shape.Classes);
        _heads = Add("heads", nn.Sequential(("head", _head)));
        register_parameter("class_token", _classToken);
    }

    public override string HeadName => "heads.head";

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["class_token", "conv_proj", "encoder.pos_embedding"],
        .. Enumerable.Range(0, Layers - 1).Select(i => (string[])[$"encoder.layers.encoder_layer_{i}"]),
        [$"encoder.layers.encoder_layer_{Layers - 1}", "encoder.ln"],
    ];

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        _classToken.zero_();
        TransformerInitialization.TruncatedNormal(_projection.weight, Math.Sqrt(1.0 / (3 * _patches.Size * _patches.Size)), generator);
        _projection.bias!.zero_();
        _encoder.Initialize(generator);
        _head.weight.zero_();
        _head.bias!.zero_();
    }

    public override Tensor? Adapt(string name, Tensor stored, long[] shape) => name switch
    {
        "encoder.pos_embedding" => StoredTables.PositionEmbedding(stored, shape),
        "conv_proj.weight" => StoredTables.PatchKernel(stored, shape),
        _ => null,
    };

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _projection.call(_patches.Fit(input)).flatten(2).transpose(1, 2);
        x = _encoder.call(cat([_classToken.expand(x.shape[0], -1, -1), x], dim: 1));
        return _heads.call(_dropout.call(x.select(1, 0))).MoveToOuterDisposeScope();
    }
}
