using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>
/// DeiT-S without distillation token (Touvron et al., 2021) under the names and with the initial weights of timm's <c>deit_small_patch16_224</c>.
/// For small input, patches of 4 pixels. Images are resized to a whole number of patches.
/// </summary>
public sealed class DeitSmall : ImageModel
{
    private const long Width = 384;
    private const int Depth = 12;
    private const double Deviation = 0.02;

    private readonly TimmPatchEmbedding _embedding;
    private readonly Sequential _blocks;
    private readonly LayerNorm _norm = nn.LayerNorm(Width, eps: 1e-6);
    private readonly SeededDropout _dropout;
    private readonly Linear _head;

    [ComponentName(Name = "cls_token")]
    private readonly Parameter _classToken = RawParameter.Zeros(1, 1, Width);

    [ComponentName(Name = "pos_embed")]
    private readonly Parameter _positions;

    [Model("deit_small")]
    public DeitSmall(ModelShape shape)
        : base("deit_small")
    {
        Patches patches = Patches.Of(shape);
        _positions = RawParameter.Zeros(1, patches.Count + 1, Width);
        _embedding = Add("patch_embed", new TimmPatchEmbedding(patches, Width));
        _blocks = Add("blocks", nn.Sequential(Enumerable.Range(0, Depth).Select(_ => (nn.Module<Tensor, Tensor>)new DeitBlock(Width, heads: 6))));
        register_module("norm", _norm);
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _head = Add("head", nn.Linear(Width, shape.Classes));
        register_parameter("cls_token", _classToken);
        register_parameter("pos_embed", _positions);
    }

    public override string HeadName => "head";

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["cls_token", "pos_embed", "patch_embed"],
        .. Enumerable.Range(0, Depth - 1).Select(i => (string[])[$"blocks.{i}"]),
        [$"blocks.{Depth - 1}", "norm"],
    ];

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        TransformerInitialization.TruncatedNormal(_positions, Deviation, generator);
        _classToken.normal_(0, 1e-6, generator);
        _embedding.Initialize(generator);
        foreach (Linear linear in modules().OfType<Linear>())
        {
            TransformerInitialization.TruncatedNormal(linear.weight, Deviation, generator);
            linear.bias!.zero_();
        }
    }

    public override Tensor? Adapt(string name, Tensor stored, long[] shape) => name switch
    {
        "pos_embed" => StoredTables.PositionEmbedding(stored, shape),
        "patch_embed.proj.weight" => StoredTables.PatchKernel(stored, shape),
        _ => null,
    };

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _embedding.call(input);
        x = cat([_classToken.expand(x.shape[0], -1, -1), x], dim: 1);
        x = _norm.call(_blocks.call(x + _positions));
        return _head.call(_dropout.call(x.select(1, 0))).MoveToOuterDisposeScope();
    }
}
